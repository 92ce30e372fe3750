import type { Id, Location } from "@hutong/realtime";
import { LocatingFailed, coordinatesOf, locate, readCoordinates, type LocatingTrouble } from "@hutong/ui/location";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Radio, TextInput } from "@mantine/core";
import { IconCurrentLocation } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";

import { useComposing } from "../hooks/useComposing";
import { useMessenger } from "../hooks/useMessenger";
import classes from "./MemberPicker.module.css";

interface LocationDialogProps {
  conversationId: Id;
  isOpen: boolean;
  onClose: () => void;
  onSent: () => void;
}

/** Where one is, or a place whose coordinates one has; nothing is asked of the browser before the button is pressed. */
export function LocationDialog({ conversationId, isOpen, onClose, onSent }: LocationDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t`发送位置`} size={420} closeButtonProps={{ "aria-label": t`关闭` }}>
      {isOpen ? <LocationForm conversationId={conversationId} onClose={onClose} onSent={onSent} /> : null}
    </Modal>
  );
}

function LocationForm({ conversationId, onClose, onSent }: Omit<LocationDialogProps, "isOpen">) {
  const { t } = useLingui();
  const messenger = useMessenger();
  const { topicId } = useComposing();
  const [typed, setTyped] = useState("");
  const [datum, setDatum] = useState<Location["datum"]>("wgs84");
  const [accuracy, setAccuracy] = useState<number | null>(null);
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const sentenceOf = useTroubleText();
  const place = readCoordinates(typed);

  const find = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      const here = await locate();
      setTyped(coordinatesOf(here));
      setDatum("wgs84");
      setAccuracy(here.accuracy_m);
    } catch (error) {
      setProblem(sentenceOf(error instanceof LocatingFailed ? error.trouble : "unavailable"));
    } finally {
      setIsBusy(false);
    }
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!place) return setProblem(t`请先定位，或填写坐标，例如 30.27415, 120.15515。`);
    messenger.sendLocation(conversationId, { ...place, datum, accuracy_m: accuracy, name: name.trim(), address: address.trim() }, topicId === null ? {} : { topic_id: topicId });
    onClose();
    return onSent();
  };
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <Button type="button" variant="default" data-autofocus leftSection={<IconCurrentLocation size={18} aria-hidden />} loading={isBusy} onClick={() => void find()}>
        {t`用我现在的位置`}
      </Button>
      <TextInput
        label={t`坐标`}
        placeholder={t`纬度, 经度；也可以粘贴地图的链接`}
        description={accuracy === null ? undefined : t`误差约 ${accuracy} 米`}
        value={typed}
        maxLength={500}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAccuracy(null);
          setProblem(null);
        }}
      />
      <Radio.Group label={t`坐标来自`} value={datum} onChange={setDatum}>
        <div className={classes.choices}>
          <Radio value="wgs84" label={t`手机定位、GPS（WGS-84）`} />
          <Radio value="gcj02" label={t`高德、腾讯地图（GCJ-02）`} />
        </div>
      </Radio.Group>
      <TextInput label={t`名称`} placeholder={t`可以不填`} value={name} maxLength={100} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label={t`地址`} placeholder={t`可以不填`} value={address} maxLength={200} onChange={(event) => setAddress(event.currentTarget.value)} />
      {problem ? <p role="alert" className={classes.problem}>{problem}</p> : null}
      <Button type="submit" fullWidth size="md">
        {t`发送`}
      </Button>
    </form>
  );
}

function useTroubleText(): (trouble: LocatingTrouble) => string {
  const { t } = useLingui();
  return (trouble) =>
    ({
      denied: t`浏览器没有允许定位。请点地址栏左边的图标，允许位置信息，再试一次；也可以填写坐标。`,
      unavailable: t`现在找不到位置。请打开设备的定位，或填写坐标。`,
      slow: t`定位太慢，没有结果。请到窗边或室外再试，或填写坐标。`,
      insecure: t`这个页面不能定位。请用 https 打开，或填写坐标。`,
    })[trouble];
}
