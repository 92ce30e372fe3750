import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const server = process.env.HUTONG_DEV_SERVER ?? "http://127.0.0.1:8080";

const PDFJS = new URL("../../node_modules/pdfjs-dist/", import.meta.url);
/** What pdf.js asks for while it draws: the tables of Chinese fonts that a PDF does not bring along, the fonts every reader has, and its decoders. */
const PDF_PARTS = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/, wasm: /_nowasm_fallback\.js$/ };

function pdfParts(): Plugin {
  return {
    name: "pdf-parts",
    apply: "build",
    generateBundle() {
      for (const [folder, wanted] of Object.entries(PDF_PARTS)) {
        for (const name of readdirSync(new URL(folder, PDFJS)).filter((it) => wanted.test(it))) {
          this.emitFile({ type: "asset", fileName: `assets/pdf/${folder}/${name}`, source: readFileSync(new URL(`${folder}/${name}`, PDFJS)) });
        }
      }
    },
  };
}

export default defineConfig(({ command }) => ({
  // The server answers every page with index.html and maps this prefix to web/dist/staff.
  base: command === "build" ? "/assets/staff/" : "/",
  // Texts are compiled here: the page's CSP forbids eval, so nothing may be compiled in the browser.
  plugins: [react(), lingui({ macroTransform: true, failOnCompileError: true }), pdfParts()],
  build: { outDir: "../../dist/staff", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/ws": { target: server, ws: true, changeOrigin: false },
    },
  },
}));
