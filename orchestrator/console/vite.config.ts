import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8800";

export default defineConfig({
  base: "/",
  plugins: [react()],
  // bpmn-js and form-js load with the page that needs them; Ant Design is one honest large chunk.
  build: { chunkSizeWarningLimit: 1500 },
  server: { proxy: { "/v2": server, "/healthz": server } },
  test: { environment: "jsdom", setupFiles: ["src/test-setup.ts"], testTimeout: 60000 },
});
