/** PDF by pdf.js: only what is looked at is fetched, and nothing in it runs. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/** Larger ones a phone refuses to draw. */
const MOST_PIXELS = 12_000_000;
const PARTS = "/assets/staff/assets/pdf";

export interface PdfPageOf {
  number: number;
  /** Height by width; the first page's, until this one is drawn. */
  ratio: number;
  /** Draws it; what it returns stops that. */
  draw: (canvas: HTMLCanvasElement, width: number, onRatio: (ratio: number) => void) => () => void;
}

export interface Pdf {
  pages: readonly PdfPageOf[];
}

/** `done` fails for what is broken, or locked with a password. */
export function openPdf(src: string): { done: Promise<Pdf>; close: () => void } {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const loading = getDocument({
    url: src,
    cMapUrl: `${PARTS}/cmaps/`,
    standardFontDataUrl: `${PARTS}/standard_fonts/`,
    wasmUrl: `${PARTS}/wasm/`,
    // The page's policy forbids it; the same decoders come as scripts.
    useWasm: false,
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
    // An image of a gigapixel is no page.
    maxImageSize: 100_000_000,
  });
  const done = loading.promise.then(async (document) => {
    const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
    return { pages: Array.from({ length: document.numPages }, (_, at) => pageOf(document, at + 1, height / width)) };
  });
  return { done, close: () => void loading.destroy() };
}

function pageOf(document: PDFDocumentProxy, number: number, ratio: number): PdfPageOf {
  return {
    number,
    ratio,
    draw: (canvas, width, onRatio) => {
      let stop = () => {};
      let isWanted = true;
      void document
        .getPage(number)
        .then((page) => {
          const whole = page.getViewport({ scale: 1 });
          onRatio(whole.height / whole.width);
          const wanted = (width / whole.width) * window.devicePixelRatio;
          const scale = Math.min(wanted, Math.sqrt(MOST_PIXELS / (whole.width * whole.height)));
          if (!isWanted) return undefined;
          const viewport = page.getViewport({ scale });
          canvas.width = Math.round(viewport.width);
          canvas.height = Math.round(viewport.height);
          const drawing = page.render({ canvas, viewport });
          stop = () => drawing.cancel();
          return drawing.promise;
        })
        // A page that cannot be drawn stays white; one that is no longer wanted was stopped.
        .catch(() => undefined);
      return () => {
        isWanted = false;
        stop();
      };
    },
  };
}
