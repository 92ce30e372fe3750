import { t } from "../texts";
import { Sheet } from "./Sheet";

export interface Viewed {
  src: string;
  name: string;
}

export function Viewer({ viewed, onClose }: { viewed: Viewed; onClose: () => void }) {
  return (
    <Sheet title={t("picture")} kind="viewer" onClose={onClose}>
      <img src={viewed.src} alt={viewed.name} />
      <a href={viewed.src} download={viewed.name}>
        {t("originalPicture")}
      </a>
    </Sheet>
  );
}
