import { describe, expect, it } from "vitest";
import { MESSAGES, asLanguage, translate } from ".";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the two languages", () => {
  it("have the same keys", () => {
    expect(Object.keys(MESSAGES.zh).sort()).toEqual(Object.keys(MESSAGES.en).sort());
  });

  it("leave no text empty and fill the same holes", () => {
    for (const [key, text] of Object.entries(MESSAGES.en)) {
      const other = MESSAGES.zh[key as keyof typeof MESSAGES.zh];
      expect(other, key).not.toBe("");
      expect(holes(other), key).toEqual(holes(text));
    }
  });

  it("puts values into the text", () => {
    expect(translate("en", "viewer.page", { page: 2, pages: 3 })).toBe("Page 2 of 3");
    expect(translate("zh", "viewer.page", { page: 2, pages: 3 })).toBe("第 2 页，共 3 页");
  });

  it("understands browser language tags", () => {
    expect(asLanguage("zh-Hans-CN")).toBe("zh");
    expect(asLanguage("de-DE")).toBe("en");
    expect(asLanguage(null)).toBeNull();
  });
});
