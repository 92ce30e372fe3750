"""Where a message stands, as routes name it."""

from typing import Annotated

from litestar.params import Parameter

MESSAGE = "/api/conversations/{conversation_id:str}/messages/{seq:int}"
SeqHere = Annotated[int, Parameter(ge=1, le=2**62)]
