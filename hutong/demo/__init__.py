"""The demo company 蓝汀汽车 (Lanting Motors): 10,240 people from a roster, four who can sign in, and talks under way.

Built once in an empty data folder; a later start finds it. Uses the rooms' front doors only.
"""

from hutong.demo.build import Access, DemoFacts, build, has_company

__all__ = ["Access", "DemoFacts", "build", "has_company"]
