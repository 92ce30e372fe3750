import { defineConfig } from "vite";

const server = process.env.HUTONG_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  // The server answers /api/docs with index.html and maps this prefix to web/dist/docs.
  base: "/assets/docs/",
  // The reader of schemas is 1.7 MB in one piece; nobody opens this page on one bar of signal.
  build: { outDir: "../../dist/docs", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, modulePreload: false, chunkSizeWarningLimit: 2000 },
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
});
