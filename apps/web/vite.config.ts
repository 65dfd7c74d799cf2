import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** In development the page comes from Vite and everything under /api from a running platform. */
const platform = 'http://127.0.0.1:4000'

export default defineConfig({
  plugins: [react()],
  // A content security policy without `data:` must be possible, so nothing is inlined as a data URL.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': platform } },
})
