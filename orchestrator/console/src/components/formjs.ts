import { Form } from "@bpmn-io/form-js";
import "@bpmn-io/form-js/dist/assets/form-js.css";
import { useCallback, useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { Variables } from "../api/types";
import { useT } from "../i18n";

interface Drawn {
  place: RefObject<HTMLDivElement>;
  /** What keeps the form from being sent, or from being drawn. */
  problem: string;
  /** What was filled in; null, and each field says why, when something is wrong with it. */
  submit: () => Variables | null;
}

/** A form-js form. It is drawn anew for another schema only, lest what was typed be lost. */
export function useForm(schema: object, data: Variables, readOnly: boolean): Drawn {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  const form = useRef<Form | null>(null);
  const [problem, setProblem] = useState("");
  const [opened] = useState(data);
  useEffect(() => {
    if (!place.current) return;
    const drawn = new Form({ container: place.current });
    form.current = drawn;
    setProblem("");
    drawn.importSchema(schema, opened).catch((error: unknown) => setProblem(String(error)));
    return () => drawn.destroy();
  }, [schema, opened]);
  useEffect(() => form.current?.setProperty("readOnly", readOnly), [readOnly]);
  const submit = useCallback(() => {
    if (!form.current) return null;
    const { data, errors } = form.current.submit() as { data: Variables; errors: object };
    const valid = Object.keys(errors).length === 0;
    setProblem(valid ? "" : t("form.invalid"));
    return valid ? data : null;
  }, [t]);
  return { place, problem, submit };
}
