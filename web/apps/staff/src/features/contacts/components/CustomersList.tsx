import { EmptyState, SkeletonRows } from "@hutong/ui";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, CloseButton, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCloudOff, IconQrcode, IconSearch, IconUserHeart } from "@tabler/icons-react";
import { useState } from "react";

import { ListHeader } from "../../../app/Panes";
import { ConnectionNote } from "../../messaging";
import { useContacts } from "../hooks/useContacts";
import { ContactWayCard } from "./ContactWayCard";
import { CustomerRow } from "./CustomerRow";
import classes from "./Customers.module.css";

/** The list pane of the customers: those who have written to me. */
export function CustomersList() {
  const { t } = useLingui();
  const [query, setQuery] = useState("");
  const [wanted] = useDebouncedValue(query.trim(), 150);
  const [isCardOpen, setIsCardOpen] = useState(false);
  const { contacts, isPending, isFailed, hasMore, isLoadingMore, loadMore, reload } = useContacts(wanted);
  const showCard = (
    <Button leftSection={<IconQrcode size={18} aria-hidden />} onClick={() => setIsCardOpen(true)}>
      {t`我的联系二维码`}
    </Button>
  );
  return (
    <>
      <ListHeader
        title={t`客户`}
        actions={
          <ActionIcon className={classes.start} variant="light" size={36} radius={10} aria-label={t`我的联系二维码`} title={t`我的联系二维码`} onClick={() => setIsCardOpen(true)}>
            <IconQrcode size={20} stroke={1.8} aria-hidden />
          </ActionIcon>
        }
      >
        <TextInput
          className={classes.search}
          aria-label={t`搜索客户`}
          placeholder={t`搜索名字或备注`}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={query ? <CloseButton size="sm" aria-label={t`清除搜索`} onClick={() => setQuery("")} /> : null}
        />
      </ListHeader>
      <ConnectionNote />
      <div className={classes.scroller}>
        {isPending ? (
          <SkeletonRows count={8} height={68} face={44} />
        ) : isFailed && contacts.length === 0 ? (
          <EmptyState
            icon={<IconCloudOff size={26} stroke={1.6} />}
            title={t`客户没有加载出来`}
            hint={t`请检查网络后再试。`}
            action={<Button variant="light" onClick={reload}>{t`重新加载`}</Button>}
          />
        ) : contacts.length > 0 ? (
          <>
            <ul className={classes.list} aria-label={t`客户列表`}>
              {contacts.map((contact) => (
                <CustomerRow key={contact.id} contact={contact} />
              ))}
            </ul>
            {hasMore ? (
              <Button className={classes.more} variant="subtle" loading={isLoadingMore} onClick={loadMore}>
                {t`显示更多客户`}
              </Button>
            ) : null}
          </>
        ) : wanted ? (
          <EmptyState icon={<IconSearch size={26} stroke={1.6} />} title={t`没有找到客户`} hint={t`换个名字或备注试试。`} />
        ) : (
          <EmptyState
            icon={<IconUserHeart size={28} stroke={1.5} />}
            title={t`还没有客户`}
            hint={t`把你的联系二维码给客户看，或者把链接发给他。对方不用下载、不用注册，发出第一句话就会出现在这里。`}
            action={showCard}
          />
        )}
      </div>
      <Modal opened={isCardOpen} onClose={() => setIsCardOpen(false)} title={t`我的联系方式`} size={420} closeButtonProps={{ "aria-label": t`关闭` }}>
        <ContactWayCard />
      </Modal>
    </>
  );
}
