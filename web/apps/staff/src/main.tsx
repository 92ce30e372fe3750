import "@mantine/core/styles.css";
import "@hutong/ui/tokens.css";
import "@hutong/ui/base.css";

import { chosenLanguage } from "@hutong/i18n";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { activateLanguage } from "./app/language";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

await activateLanguage(chosenLanguage());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
