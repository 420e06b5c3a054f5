// Builds web/static/dist from src: the same inputs give the same bytes, so the result is committed and users need no Node.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { icons } from './src/icons.mjs';
import { licences } from './licences.mjs';

const OUT = '../static/dist';

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const result = await build({
  entryPoints: { app: 'src/app.js', viewer: 'src/viewer.js', chart: 'src/chart.js' },
  outdir: OUT,
  bundle: true,
  format: 'iife',
  minify: true,
  target: ['es2020'],
  charset: 'utf8',
  legalComments: 'none', // THIRD_PARTY_LICENSES.txt carries every notice in full
  metafile: true,
  logLevel: 'warning',
});

writeFileSync(`${OUT}/icons.svg`, sprite(icons));
writeFileSync(`${OUT}/favicon.svg`, favicon('sitemap'));
// Not among the bundle's inputs: the icons are read here, and Bootstrap's bundle already contains Popper.
const others = ['node_modules/@tabler/icons/', 'node_modules/@popperjs/core/'];
writeFileSync(`${OUT}/THIRD_PARTY_LICENSES.txt`, licences([...Object.keys(result.metafile.inputs), ...others]));

function sprite(names) {
  const symbols = names.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${strokes(name)}</symbol>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`;
}

function favicon(name) {
  const style = 'fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  const ground = '<rect width="32" height="32" rx="6" fill="#0b5cad"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ground}<g transform="translate(4 4)" ${style}>${strokes(name)}</g></svg>\n`;
}

function strokes(name) {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
  const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.indexOf('</svg>'));
  return body.replace(/\s*\n\s*/g, '');
}
