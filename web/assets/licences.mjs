// The licence of every package that has a file in the bundles, in full: esbuild keeps comments, MIT wants the whole text.
import { readFileSync, readdirSync } from 'node:fs';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/;

export function licences(inputs) {
  const folders = new Set(inputs.map((path) => path.match(PACKAGE)?.[1]).filter(Boolean));
  return [...folders].sort().map(entry).join('\n\n');
}

function entry(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file && !license) throw new Error(`${name} ${version} says nothing about its licence`);
  const text = file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `Licensed under ${license}; the package carries no licence file.`;
  return `=== ${name} ${version} (${license})\n\n${text}\n`;
}
