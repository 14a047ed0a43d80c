import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { MemoryRouter, Route, Routes } from "react-router-dom";
import { expect, it, vi } from "vitest";
import { sessionKeys } from "../../api/session";
import type { ProcessDefinition } from "../../api/types";
import StartDialog from "./StartDialog";

const version = (number: number) =>
  ({
    processDefinitionKey: String(number),
    processDefinitionId: "loan",
    processDefinitionVersion: number,
    versionTag: null,
    name: "Loan",
  }) as ProcessDefinition;

const FORM = {
  schema: JSON.stringify({
    type: "default",
    components: [
      { type: "textfield", id: "f", key: "purpose", label: "Purpose", validate: { required: true } },
    ],
  }),
};

/** Shows the dialog before a server that answers by path; gives the bodies it was sent. */
function shown(answers: Record<string, unknown>): unknown[] {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", (path: string, { body }: RequestInit) => {
    if (typeof body === "string") sent.push(JSON.parse(body));
    const answer = answers[path];
    if (answer instanceof Response) return Promise.resolve(answer);
    return Promise.resolve(answer ? Response.json(answer) : new Response(null, { status: 204 }));
  });
  const client = new QueryClient();
  client.setQueryData(sessionKeys.me, { permissions: ["start_processes", "add_documents"] });
  render(
    <QueryClientProvider client={client}>
      <App>
        <MemoryRouter>
          <Routes>
            <Route
              path="/"
              element={<StartDialog versions={[version(2), version(1)]} onClose={vi.fn()} />}
            />
            <Route path="/processes/:key" element="the instance" />
          </Routes>
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
  return sent;
}

const start = () => userEvent.click(screen.getByRole("button", { name: "Start" }));

it("starts the newest version with variables and a document, and goes to the instance", async () => {
  const document = { documentId: "d", metadata: { fileName: "a.pdf" } };
  const sent = shown({
    "/v2/documents": document,
    "/v2/process-instances": { processInstanceKey: "7", alreadyStarted: false },
  });
  const variables = await screen.findByRole("textbox", { name: "Variables (JSON)" });
  fireEvent.change(variables, { target: { value: "{" } });
  expect(screen.getByRole("alert")).toHaveTextContent("not a JSON object");
  await start();
  expect(sent).toEqual([]);
  fireEvent.change(variables, { target: { value: '{"n": 1}' } });
  const file = window.document.querySelector<HTMLInputElement>("input[type=file]");
  if (!file) throw new Error("nothing to attach with");
  await userEvent.upload(file, new File(["x"], "a.pdf"));
  await screen.findByText("a.pdf");
  await userEvent.type(screen.getByRole("textbox", { name: "Business key" }), "k-1");
  await start();
  await screen.findByText("the instance");
  expect(sent).toEqual([
    {
      processDefinitionId: "loan",
      processDefinitionVersion: -1,
      variables: { n: 1, document },
      businessKey: "k-1",
    },
  ]);
});

it("asks by the start form, and says at the field what is missing", async () => {
  const sent = shown({
    "/v2/process-definitions/2/form": FORM,
    "/v2/process-instances": { processInstanceKey: "7", alreadyStarted: false },
  });
  const purpose = await screen.findByLabelText(/Purpose/);
  await start();
  expect(await screen.findByText("Field is required.")).toBeInTheDocument();
  expect(sent).toEqual([]);
  await userEvent.type(purpose, "house");
  await start();
  await screen.findByText("the instance");
  expect(sent).toMatchObject([{ variables: { purpose: "house" }, businessKey: null }]);
});

it("stays with what was entered when the server refuses", async () => {
  const problem = { title: "Bad Request", detail: "It starts by an event.", code: "process.x" };
  shown({ "/v2/process-instances": Response.json(problem, { status: 400 }) });
  await screen.findByRole("textbox", { name: "Variables (JSON)" });
  await start();
  await waitFor(() => expect(screen.getByText(/It starts by an event/)).toBeInTheDocument());
});
