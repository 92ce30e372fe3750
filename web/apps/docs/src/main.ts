/** The reference that /api/docs shows: the published schema, read to people, and every call tried against this server. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./page.css";

// The one credential is an HttpOnly cookie, which no script can set: a form that asks for it would only mislead.
const withoutCredentialForms = () => ({
  wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null },
});

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const followSystem = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
followSystem();
dark.addEventListener("change", followSystem);

SwaggerUI({
  dom_id: "#reference",
  url: "/api/docs/openapi.json",
  plugins: [withoutCredentialForms],
  // Otherwise the schema's address is sent to somebody else's validator.
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  filter: true,
});
