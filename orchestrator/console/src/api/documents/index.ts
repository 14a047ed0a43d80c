import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../client";
import type { DocumentReference } from "../types";

export const DPI = 130;

export const documentUrl = (id: string) => `/v2/documents/${id}`;
export const pageUrl = (id: string, page: number) =>
  `/v2/documents/${id}/pages/${page}.png?dpi=${DPI}`;

export interface PageSize {
  width: number;
  height: number;
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return api.post<DocumentReference>("/v2/documents", form);
    },
  });
}

export function usePages(documentId: string) {
  return useQuery({
    queryKey: ["document-pages", documentId],
    queryFn: () => api.get<{ pages: PageSize[] }>(`/v2/documents/${documentId}/pages`),
    staleTime: Infinity,
  });
}

/** The document's own bytes. */
export function useBytes(documentId: string) {
  return useQuery({
    queryKey: ["document-bytes", documentId],
    queryFn: () => api.bytes(documentUrl(documentId)),
    staleTime: Infinity,
  });
}

/** Whether the document is data rather than pages: an e-invoice as XML, or as OFD. */
export const isData = (document: DocumentReference) =>
  /\bxml$/.test(document.metadata.contentType) ||
  /\.(xml|ofd)$/i.test(document.metadata.fileName);

export function isDocument(value: unknown): value is DocumentReference {
  return typeof value === "object" && value !== null && "documentId" in value;
}

/** The document a task is about: `document`, or else the first reference among the variables. */
export function documentOf(variables: Record<string, unknown>): DocumentReference | null {
  const values = [variables.document, ...Object.values(variables)].flat();
  return values.find(isDocument) ?? null;
}
