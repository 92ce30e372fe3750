import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.HUTONG_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig(({ command }) => ({
  // The server answers every page with index.html and maps this prefix to web/dist/staff.
  base: command === "build" ? "/assets/staff/" : "/",
  // Texts are compiled here: the page's CSP forbids eval, so nothing may be compiled in the browser.
  plugins: [react(), lingui({ macroTransform: true, failOnCompileError: true })],
  build: { outDir: "../../dist/staff", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/ws": { target: server, ws: true, changeOrigin: false },
    },
  },
}));
