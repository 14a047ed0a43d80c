// Times feelin on the expressions of a file: node evaluate.mjs FILE SECONDS
// Prints JSON: the value of each, and how many rounds of them all a second takes.
import { readFileSync } from "node:fs";
import { evaluate } from "feelin";

const [file, seconds] = process.argv.slice(2);
const expressions = readFileSync(file, "utf8").trim().split("\n");
const values = expressions.map((text) => evaluate(text, {}).value);

for (let warm = 0; warm < 20; warm++) expressions.forEach((text) => evaluate(text, {}));
const begun = performance.now();
let rounds = 0;
while (performance.now() - begun < 1000 * Number(seconds)) {
  expressions.forEach((text) => evaluate(text, {}));
  rounds++;
}
const spent = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ values, rounds: rounds / spent }));
