// Evaluates with feelin what comes on standard input: {mode, cases: [{expression, context}]}; JSON lines go out.
// Run with the folder that holds node_modules as the working directory.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const entry = createRequire(join(process.cwd(), "here.js")).resolve("feelin/package.json").replace("package.json", "dist/index.js");
const { evaluate } = await import(pathToFileURL(entry).href);

function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "function" || value.constructor?.name === "FunctionWrapper") return { $: "function" };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object") return Number.isNaN(value) || Math.abs(value) === Infinity ? { $: String(value) } : value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return { $: String(value) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function answer({ expression, context }) {
  try {
    return { value: plain(evaluate(expression, context).value) };
  } catch (error) {
    return { error: String(error.message ?? error).slice(0, 200) };
  }
}

function microseconds({ expression, context }) {
  let best = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const began = process.hrtime.bigint();
    for (let time = 0; time < 300; time += 1) evaluate(expression, context);
    best = Math.min(best, Number(process.hrtime.bigint() - began) / 300e3);
  }
  return { microseconds: best };
}

const { mode, cases } = JSON.parse(readFileSync(0, "utf8"));
for (const one of cases) console.log(JSON.stringify(mode === "time" ? microseconds(one) : answer(one)));
