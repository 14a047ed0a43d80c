/** An amount as people of any country type it, as the decimal number the server takes: of points
 * and commas the last one is the decimal sign, unless three digits follow it and it is the only
 * kind there, or it comes more than once. What is no amount stays as it was typed. */
export function decimalOf(typed: string): string {
  const text = typed.trim();
  const plain = text.replace(/[\s'’]/g, "");
  if (!/^-?\d[\d.,]*$/.test(plain)) return text;
  const signs = plain.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  if (!last) return plain;
  const oneKind = new Set(signs).size === 1;
  const groups = oneKind && (signs.length > 1 || /[.,]\d{3}$/.test(plain));
  if (groups) return plain.replace(/[.,]/g, "");
  const at = plain.lastIndexOf(last);
  return `${plain.slice(0, at).replace(/[.,]/g, "")}.${plain.slice(at + 1)}`.replace(/\.$/, "");
}
