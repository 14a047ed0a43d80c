import { describe, expect, it } from "vitest";
import { asLanguage, translate } from ".";
import { MESSAGES } from "./messages";

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the two languages", () => {
  it("leave no text empty and fill the same holes", () => {
    for (const [key, { en, zh }] of Object.entries(MESSAGES)) {
      expect(zh, key).not.toBe("");
      expect(holes(zh), key).toEqual(holes(en));
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
