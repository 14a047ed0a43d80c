/** What is used of dmn-js, which comes without types. */
declare module "dmn-js/lib/NavigatedViewer" {
  export interface View {
    type: "drd" | "decisionTable" | "literalExpression" | "boxedExpression";
    element: { id: string; name?: string };
  }
  export default class NavigatedViewer {
    constructor(options: {
      container: HTMLElement;
      decisionTable?: object;
      literalExpression?: object;
    });
    importXML(xml: string, options?: { open?: boolean }): Promise<{ warnings: unknown[] }>;
    getViews(): View[];
    open(view: View): Promise<unknown>;
    destroy(): void;
  }
}
