/** The customers of a member: who they are, what one calls them, and the link by which they come in. Talks are the messenger's. */
export { ContactWayCard } from "./components/ContactWayCard";
export { CustomersList } from "./components/CustomersList";
export { CustomersPage } from "./components/CustomersPage";

/** What waits of customers is counted with the messages already: a second number would be the same one twice. */
export function useCustomersBadge(): number {
  return 0;
}
