import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { LanguageProvider } from "../i18n";
import { ForecastText } from "./ForecastText";

const shown = (code: string, language: string, message = "b is active, so it needs a mapping") => {
  localStorage.setItem("deskhand.language", language);
  const finding = { code, elementId: "b", message };
  const refused = { verdict: "REFUSED", reason: "", stuckAt: [], missing: [] };
  render(
    <LanguageProvider>
      <ForecastText {...refused} findings={[finding]} />
    </LanguageProvider>,
  );
};

it("says in the person's language why an instance cannot go", () => {
  shown("migration.unmapped", "zh");
  expect(screen.getByText("b 处于活动状态，需要对应元素")).toBeInTheDocument();
});

it("falls back to the server's words for a code that it does not know", () => {
  shown("migration.new", "zh", "b is not what it was");
  expect(screen.getByText("b is not what it was")).toBeInTheDocument();
});
