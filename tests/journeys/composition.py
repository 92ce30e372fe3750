"""An input method at work: pinyin stands in the field, Enter ends it, and a word takes its place."""

from playwright.async_api import Locator, Page, expect


async def compose_a_word(page: Page, field: Locator) -> None:
    """Types 你好 through a composition, with the Enters that belong to it and must send nothing."""
    await field.focus()
    protocol = await page.context.new_cdp_session(page)
    composed = {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    await protocol.send("Input.imeSetComposition", composed)
    await expect(field).to_have_value("nihao")
    # As Chrome tells it: the input method has taken the key.
    key = {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    await protocol.send("Input.dispatchKeyEvent", key)
    # As Firefox tells it (isComposing), and as Safari does after the composition's end (229 alone).
    await field.evaluate(
        """field => {
            for (const facts of [{isComposing: true}, {keyCode: 229}]) {
                const enter = {key: "Enter", bubbles: true, cancelable: true, ...facts};
                field.dispatchEvent(new KeyboardEvent("keydown", enter));
            }
        }"""
    )
    await expect(field).to_have_value("nihao")
    await protocol.send("Input.insertText", {"text": "你好"})
    await expect(field).to_have_value("你好")
    await protocol.detach()
