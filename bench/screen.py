"""What the staff app's screen costs: scrolling far in a large group, and going from chat to chat, in a real Chromium
before a real server. A page of bare text, scrolled the same way in the same run, is the limit."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path
from typing import TypedDict

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.figures import Figure, judge, keep, table
from bench.targets.company import LONG_HISTORY, furnish_screen
from bench.targets.hutong import Hutong
from tests.journeys.conftest import ARGUMENTS, CHROMIUM, DESK

FLUNG = 5_000
FAR = 20_000
SPEED = 6_000
FIGURES = [
    Figure("p50", "frame while flinging up, p50", "ms", "less", 17.5, limit=16.7),
    Figure("p95", "the same, p95", "ms", "less", 25, limit=16.9),
    Figure("dropped", "the same, frames of more than 25 ms beyond those of the bare page", "% of frames", "less", 5),
    Figure("worst", "the same, the worst", "ms", "less", 100, limit=33),
    Figure("stalled", "the same, waiting for messages", "% of the time", "less", 5),
    Figure("down", "frame while flinging down again, p95", "ms", "less", 25, scaled_by="p95"),
    Figure("nodes", "elements in the page after 20,000 messages", "elements", "less", 20_000),
    Figure("heap", "JavaScript heap more than on opening, after 20,000 messages", "MB", "less", 20),
    Figure("switch", "from one known chat to another, click to paint, p50", "ms", "less", 100, scaled_by="p95"),
    Figure("switch_worst", "the same, the worst of 30", "ms", "less", 200, scaled_by="p95"),
]
WATCH = """() => {
  const watch = (window.watch = { frames: [], stalled: 0, on: true });
  let before = performance.now();
  const list = document.querySelector("[data-bench-scroller]");
  const tick = (now) => {
    if (!watch.on) return;
    watch.frames.push(now - before);
    // The place of what is still to come is in sight.
    const end = list && list.querySelector("ol > [aria-hidden=true]:first-child");
    if (end && end.getBoundingClientRect().bottom > 0) watch.stalled += now - before;
    before = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""
SWITCH = """async ([from, to]) => {
  const link = document.querySelector(`[role=list] a[href="/chats/${to}"]`);
  const before = document.querySelector("ol");
  const begun = performance.now();
  link.click();
  for (;;) {
    await new Promise(requestAnimationFrame);
    const list = document.querySelector("ol");
    if (location.pathname === `/chats/${to}` && list && list !== before && list.querySelector("[data-seq]")) break;
    if (performance.now() - begun > 5000) throw new Error(`no paint of ${to}`);
  }
  // The frame in which it was found there is drawn when the next one begins.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""
REGION = "[role=region][tabindex='0']"


class Watched(TypedDict):
    """Milliseconds: of each frame, and of those in which messages were waited for."""

    frames: list[float]
    stalled: float


async def fling(page: Page, cdp: CDPSession, pixels: float) -> Watched:
    """As a hand at the wheel does, by the browser's own gesture; up where `pixels` is positive."""
    await page.evaluate(WATCH)
    while pixels:
        step = max(-30_000, min(30_000, pixels))
        await cdp.send(
            "Input.synthesizeScrollGesture",
            {"x": 900, "y": 450, "yDistance": step, "speed": SPEED, "gestureSourceType": "mouse"},
        )
        pixels -= step
    watched: Watched = await page.evaluate("() => { watch.on = false; return watch; }")
    return watched


def frames(watched: Watched) -> dict[str, float]:
    times = watched["frames"][5:]
    return {
        "p50": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "worst": max(times),
        "dropped": 100 * sum(it > 25 for it in times) / len(times),
        "stalled": 100 * watched["stalled"] / sum(times),
    }


async def first_seq(page: Page) -> int:
    return int(await page.evaluate("() => +document.querySelector('[data-seq]').dataset.seq"))


async def up_to(page: Page, cdp: CDPSession, seq: int) -> Watched:
    """Flings until messages before `seq` are there; what was watched, all together."""
    whole = Watched(frames=[], stalled=0.0)
    while (reached := await first_seq(page)) > seq:
        print(f"… at message {reached:,} of {LONG_HISTORY:,}", flush=True)
        watched = await fling(page, cdp, 60_000)
        whole["frames"] += watched["frames"]
        whole["stalled"] += watched["stalled"]
    return whole


async def bare(browser: Browser) -> dict[str, float]:
    """The same gesture over 3,000 rows of text that nobody loads, draws or watches."""
    page = await browser.new_page(viewport=DESK)
    style = "margin:0;padding:14px 24px"
    rows = "".join(f"<p style='{style}'>第 {n} 行，{'字' * (n * 7 % 60)}</p>" for n in range(3000))
    await page.set_content(f"<div style='height:900px;overflow-y:auto' id=box>{rows}</div>")
    await page.evaluate("() => (box.scrollTop = box.scrollHeight)")
    cdp = await page.context.new_cdp_session(page)
    found = frames(await fling(page, cdp, 100_000))
    await page.close()
    return found


async def heap(cdp: CDPSession) -> float:
    for _ in range(2):
        await cdp.send("HeapProfiler.collectGarbage")
    return float((await cdp.send("Runtime.getHeapUsage"))["usedSize"]) / 1e6


async def measure(
    page: Page, cdp: CDPSession, url: str, talks: list[int], far: int, profile: Path | None
) -> dict[str, float]:
    await page.goto(f"{url}/chats/{talks[0]}")
    await page.locator("ol [data-seq]").first.wait_for()
    await asyncio.sleep(2)
    await page.evaluate(f"() => document.querySelector(\"{REGION}\").setAttribute('data-bench-scroller', '')")
    at_first = await heap(cdp)
    if profile:
        await cdp.send("Profiler.enable")
        await cdp.send("Profiler.start")
    up = frames(await up_to(page, cdp, LONG_HISTORY - min(FLUNG, far)))
    if profile:
        found = (await cdp.send("Profiler.stop"))["profile"]
        await asyncio.to_thread(profile.write_text, json.dumps(found))
    down = frames(await fling(page, cdp, -100_000))
    await up_to(page, cdp, LONG_HISTORY - far)
    await asyncio.sleep(1)
    nodes = await page.evaluate("() => document.querySelectorAll('*').length")
    grown = await heap(cdp) - at_first
    await page.get_by_role("button", name="回到最新消息").click()
    pairs = [(talks[n % 2 + 1], talks[(n + 1) % 2 + 1]) for n in range(30)]
    await page.locator(f'a[href="/chats/{talks[1]}"]').click()
    for here, there in pairs[:2]:
        await page.evaluate(SWITCH, [str(here), str(there)])
    await asyncio.sleep(1)
    switches = [float(await page.evaluate(SWITCH, [str(here), str(there)])) for here, there in pairs]
    return up | {
        "down": down["p95"], "nodes": nodes, "heap": grown,
        "switch": statistics.median(switches), "switch_worst": max(switches),
    }  # fmt: skip


async def run(far: int, profile: Path | None) -> tuple[dict[str, float], dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="hutong-bench-", ignore_cleanup_errors=True) as folder:
        server = Hutong(Path(folder), [])
        await server.start(100, furnish_screen)
        talks = server.world.opener_groups
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                limits = await bare(browser)
                context = await browser.new_context(viewport=DESK, locale="zh-CN")
                url = f"http://127.0.0.1:{server.port}"
                await context.add_cookies([{"name": "hutong_session", "value": server.world.tokens[0], "url": url}])
                page = await context.new_page()
                cdp = await context.new_cdp_session(page)
                ours = await measure(page, cdp, url, talks, far, profile)
                await browser.close()
        finally:
            server.stop()
    return ours, limits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", type=Path, help="write a CPU profile of flinging up, for developer tools")
    parser.add_argument("--far", type=int, default=FAR, help="how many messages to scroll through")
    parser.add_argument("--keep", action="store_true", help="keep the figures in bench/results")
    options = parser.parse_args()
    ours, limits = asyncio.run(run(options.far, options.profile))
    ours["dropped"] = max(0.0, ours["dropped"] - limits["dropped"])
    cells = judge(FIGURES, ours, limits, {})
    print(table(cells, limits, None))
    if options.keep:
        keep(cells, Path(__file__).parent / "results" / "screen.json")


if __name__ == "__main__":
    main()
