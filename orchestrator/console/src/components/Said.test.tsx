import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ApiError } from "../api/client";
import { LanguageProvider } from "../i18n";
import { Problem } from "./Problem";

it("tells a problem's detail in the person's language, and on hovering as the server did", () => {
  localStorage.setItem("deskhand.language", "zh");
  const detail = "No process 'pay' is deployed; deploy it first.";
  render(
    <LanguageProvider>
      <Problem error={new ApiError(404, "Not Found", detail, "process.not_found")} />
    </LanguageProvider>,
  );
  expect(screen.getByText("没有部署流程“pay”；请先部署。")).toHaveAttribute("title", detail);
});
