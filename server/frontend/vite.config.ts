import { defineConfig } from "vite";

// Addresses inside the bundle are relative: the server may be published under any path.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../chefsache/web/static/app",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2022",
    rolldownOptions: { input: "src/main.ts" },
  },
});
