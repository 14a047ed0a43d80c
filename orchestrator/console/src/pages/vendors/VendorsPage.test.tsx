import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router-dom";
import { beforeEach, expect, it, vi } from "vitest";
import { sessionKeys } from "../../api/session";
import type { Permission, VendorDetail, VendorVersion } from "../../api/types";
import { VendorsPage } from "./VendorsPage";
import { VersionsTable } from "./VersionsTable";
import { amended, believed } from "./believed";

const at = "2026-01-01T00:00:00Z";
const aVersion = (version: number, parent: number, confirmedBy: string | null): VendorVersion => ({
  version,
  parent,
  documentId: "ab".repeat(32),
  processInstanceKey: "9",
  confirmedBy,
  confirmation: { values: { number: `R-${version}`, gross: "119.00", currency: "EUR" } },
  amends: null,
  secondLookKey: null,
  creationTime: at,
});
const proven = { persons: 2, machines: 0, against: 0, proven: true };
const VENDOR: VendorDetail = {
  vendorKey: "7",
  name: "Beispiel GmbH",
  signs: ["seller_vat/DE136695976", "name/beispielgmbh"],
  version: 3,
  creationTime: at,
  learned: {
    places: [
      { field: "number", beside: "Vorgang:", above: "", page: 1, ...proven },
      { field: "gross", beside: "", above: "Total", page: 1, ...proven, against: 1, proven: false },
    ],
    values: [{ field: "currency", value: "EUR", ...proven }],
    items: [
      { heading: "Benämning Antal Belopp", ...proven },
      { heading: "", ...proven, proven: false },
    ],
    formats: { language: "de", decimal_mark: ",", day_first: true },
  },
  versions: [aVersion(3, 1, "clara"), aVersion(2, 1, "clara"), aVersion(1, 0, null)],
};
const POINTS = [
  { seen: 0, invoices: 4, straightThrough: 1 },
  { seen: 1, invoices: 2, straightThrough: 2 },
];

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string) => {
    const found = url.includes("/search")
      ? { items: [VENDOR], page: { totalItems: 1 } }
      : url.includes("learning-curve")
        ? { points: POINTS }
        : VENDOR;
    return Promise.resolve(Response.json(found));
  });
});

function show(path: string, permissions: Permission[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(sessionKeys.me, { permissions });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[path]}>
        <Routes>
          <Route path="/vendors/:vendorKey?" element={<VendorsPage />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("lists the vendors under the learning curve of all", async () => {
  show("/vendors", ["look"]);
  expect(await screen.findByText("Beispiel GmbH")).toBeInTheDocument();
  const curve = await screen.findByLabelText("Learning curve");
  expect(within(curve).getByText("25%")).toBeInTheDocument();
  expect(within(curve).getByText("1 seen before: 2 of 2 passed by themselves")).toBeInTheDocument();
});

it("shows of a vendor what was learnt and how well it has proved itself", async () => {
  show("/vendors/7", ["look"]);
  const place = (await screen.findByText("beside “Vorgang:”")).closest("tr");
  expect(within(place as HTMLElement).getByText("proven")).toBeInTheDocument();
  const contradicted = screen.getByText("below “Total”").closest("tr");
  expect(within(contradicted as HTMLElement).getByText("not yet proven")).toBeInTheDocument();
  expect(screen.getByText("below “Benämning Antal Belopp”")).toBeInTheDocument();
  expect(screen.getByText("lists no items")).toBeInTheDocument();
  expect(screen.getByText("Dates: day first")).toBeInTheDocument();
  expect(screen.queryByText("Go to")).toBeNull();
  expect(screen.queryByText("Forget")).toBeNull();
});

it("goes to the version that is chosen", async () => {
  const chosen = vi.fn();
  render(
    <MemoryRouter>
      <VersionsTable vendor={VENDOR} mayRevert onRevert={chosen} />
    </MemoryRouter>,
  );
  const aside = screen.getByText("R-2 · 119.00 EUR").closest("tr") as HTMLElement;
  expect(within(aside).getByText("set aside")).toBeInTheDocument();
  fireEvent.click(within(aside).getByText("Go to"));
  fireEvent.click(await screen.findByText("OK"));
  expect(chosen).toHaveBeenCalledWith(2);
});

it("believes the current version and those before it", () => {
  expect([...believed(VENDOR.versions, 3)]).toEqual([3, 1]);
  expect([...believed(VENDOR.versions, 0)]).toEqual([]);
});

it("tells which invoice a second look found misread, and what stands in its place", () => {
  const look = { amends: 1, secondLookKey: "5" };
  const withdrawn = { ...aVersion(4, 3, null), ...look, confirmation: null };
  const right = { ...aVersion(5, 4, "carl"), ...look, amends: 4 };
  const vendor = { ...VENDOR, version: 5, versions: [right, withdrawn, ...VENDOR.versions] };
  render(
    <MemoryRouter>
      <VersionsTable vendor={vendor} mayRevert={false} onRevert={vi.fn()} />
    </MemoryRouter>,
  );
  const misread = screen.getByText("R-1 · 119.00 EUR").closest("tr") as HTMLElement;
  expect(within(misread).getByText("misread")).toBeInTheDocument();
  expect(screen.getByText(/version 1 is believed no more/)).toBeInTheDocument();
  expect(screen.getByText(/stands in the place of version 4/)).toBeInTheDocument();
  expect([...amended(vendor.versions, 5)]).toEqual([4, 1]);
  expect([...amended(vendor.versions, 3)]).toEqual([]);
});
