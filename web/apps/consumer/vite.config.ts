import { defineConfig } from "vite";

const server = process.env.HUTONG_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  // The server answers /c/… and /r/… with index.html and maps this prefix to web/dist/consumer.
  base: "/assets/consumer/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../dist/consumer",
    emptyOutDir: true,
    // Customers come with whatever phone they have.
    target: ["es2020", "chrome80", "safari13.1"],
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/ws": { target: server, ws: true, changeOrigin: false },
    },
  },
});
