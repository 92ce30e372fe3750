export { DepartmentPage } from "./components/DepartmentPage";
export { DepartmentPicker, type PickedDepartment } from "./components/DepartmentPicker";
export { DirectoryEmpty } from "./components/DirectoryEmpty";
export { DirectoryList } from "./components/DirectoryList";
export { MemberLine } from "./components/MemberLine";
export { memberQuery } from "./api/directory";
export { useMemberSearch, type MemberSearch } from "./hooks/useMemberSearch";
