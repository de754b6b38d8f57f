// Builds everything the browser loads into static/dist/ under stable names; Django's manifest storage hashes them.
//   node frontend/build.mjs            once, minified, sizes printed
//   node frontend/build.mjs --watch    again at every change, with source maps
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "..", "static", "dist");
const iconFolder = path.join(here, "..", "node_modules", "@tabler", "icons", "icons", "outline");
const watching = process.argv.includes("--watch");

// What a reading page may weigh, gzipped.
const budgets = { "app.js": 100_000, "conversation.js": 20_000, "app.css": 120_000, "app.rtl.css": 120_000, "flow_chart.js": 140_000, "series_chart.js": 190_000 };

async function buildIcons() {
  const names = (await readFile(path.join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const source = await readFile(path.join(iconFolder, `${name}.svg`), "utf8");
      const shapes = source
        .replace(/^[\s\S]*?<svg[^>]*>/, "")
        .replace(/<\/svg>[\s\S]*$/, "")
        .replace(/<path stroke="none"[^>]*\/>/, "")
        .replace(/\s*\n\s*/g, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
    }),
  );
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(path.join(dist, "icons.svg"), sprite);
}

async function reportSizes() {
  let withinBudget = true;
  for (const name of (await readdir(dist)).sort()) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const content = await readFile(path.join(dist, name));
    const gzipped = gzipSync(content, { level: 9 }).length;
    const brotli = brotliCompressSync(content).length;
    const over = gzipped > (budgets[name] ?? Infinity);
    withinBudget &&= !over;
    const sizes = [content.length, gzipped, brotli].map((bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10));
    console.log(`${name.padEnd(14)}${sizes[0]}${sizes[1]} gzip${sizes[2]} brotli${over ? "   OVER BUDGET" : ""}`);
  }
  return withinBudget;
}

const options = {
  entryPoints: ["scripts/app.js", "scripts/slides.js", "scripts/flow_chart.js", "scripts/series_chart.js", "scripts/conversation.js", "scripts/worker.js", "styles/app.css", "styles/app.rtl.css", "styles/slides.css", "styles/slides_pdf.css"].map((entry) => path.join(here, entry)),
  outdir: dist,
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file" },
  bundle: true,
  minify: !watching,
  sourcemap: watching,
  legalComments: "none",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  logLevel: "warning",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await cp(path.join(here, "public"), dist, { recursive: true });
await buildIcons();
if (watching) {
  const context = await esbuild.context({ ...options, logLevel: "info" });
  await context.watch();
} else {
  await esbuild.build(options);
  if (!(await reportSizes())) process.exitCode = 1;
}
