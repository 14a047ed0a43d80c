/** A share as people write it, with as many digits as it takes to tell small ones apart. */
export function percent(share: number, language: string): string {
  const digits = share !== 0 && share < 0.01 ? 3 : share < 0.1 ? 2 : 1;
  return new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB", {
    style: "percent",
    maximumFractionDigits: digits,
  }).format(share);
}
