/** What we use of swagger-ui-dist, which comes without types. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Options {
    dom_id: string;
    url: string;
    plugins: (() => { wrapComponents: Record<string, () => () => null> })[];
    validatorUrl: null;
    deepLinking: boolean;
    displayRequestDuration: boolean;
    docExpansion: "list" | "full" | "none";
    defaultModelsExpandDepth: number;
    filter: boolean;
  }
  export default function SwaggerUI(options: Options): unknown;
}
