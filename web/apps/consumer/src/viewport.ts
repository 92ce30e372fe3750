/** With the keyboard up on a phone: room for the talk and the composer, not for a question beside. */
const LOW_PX = 520;

/**
 * Keeps the page as high as what can be seen, so that the composer stands above the phone's keyboard.
 * Android shrinks the page itself (interactive-widget in index.html); iOS only says so here, and scrolls the page away besides.
 */
export function followKeyboard(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    // Zoomed in by two fingers: the page is larger than what is seen, and shall be.
    if (view.scale > 1.01) return;
    const { classList, style } = document.documentElement;
    style.setProperty("--seen-height", `${view.height}px`);
    classList.toggle("is-low", view.height < LOW_PX);
    if (view.offsetTop > 0) window.scrollTo(0, 0);
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  fit();
}
