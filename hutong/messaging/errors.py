"""What is wrong with a wish: stable codes, and sentences that say what to do."""

from hutong.core.errors import Conflict, Forbidden, Invalid


class EmptyMessage(Invalid):
    code = "empty_message"
    zh = "消息是空的，请写点什么再发送。"
    en = "The message is empty. Write something first."


class MessageTooLong(Invalid):
    code = "message_too_long"
    zh = "消息太长，最多 8000 个字，请分几条发送。"
    en = "The message is too long: at most 8000 characters. Send it in parts."


class NotAGroup(Conflict):
    code = "not_a_group"
    zh = "这不是群聊，不能这样做。"
    en = "This is not a group; that cannot be done here."


class NotOwner(Forbidden):
    code = "not_owner"
    zh = "只有群主可以这样做。"
    en = "Only the group's owner may do this."


class NotManager(Forbidden):
    code = "not_manager"
    zh = "只有群主和副群主可以这样做。"
    en = "Only the group's owner and deputies may do this."


class NoticeTooLong(Invalid):
    code = "notice_too_long"
    zh = "群公告太长，最多 {most} 个字，请精简后再发布。"
    en = "The group notice is too long: at most {most} characters. Shorten it."


class TooManyDeputies(Conflict):
    code = "too_many_deputies"
    zh = "副群主最多 {most} 人，请先取消一位。"
    en = "A group has at most {most} deputies. Dismiss one first."


class TooManyWaiting(Conflict):
    code = "too_many_waiting"
    zh = "等待进群的人最多 {most} 位，请等管理者处理后再邀请。"
    en = "At most {most} people wait to be let into a group. Invite more once its managers have decided."


class NotChannelOwner(Forbidden):
    code = "not_channel_owner"
    zh = "只有频道所有者和管理员可以这样做。"
    en = "Only the channel's owner and administrators may do this."


class NotPublisher(Forbidden):
    code = "not_publisher"
    zh = "只有发布者可以这样做。"
    en = "Only those who publish here may do this."


class NotYours(Forbidden):
    code = "not_yours"
    zh = "只能修改或撤回自己的消息。"
    en = "Only your own messages can be edited or recalled."


class TooLate(Conflict):
    code = "too_late"
    zh = "发送超过 {minutes} 分钟，不能再这样做。"
    en = "It was sent more than {minutes} minutes ago; this can no longer be done."


class MessageRecalled(Conflict):
    code = "message_recalled"
    zh = "这条消息已经撤回。"
    en = "This message has been recalled."


class NotText(Conflict):
    code = "not_text"
    zh = "只有文字消息可以编辑。"
    en = "Only text messages can be edited."


class AnsweredUnknown(Invalid):
    code = "answered_unknown"
    zh = "要回复的消息不存在，请重新选择。"
    en = "The message you answer is not there. Choose again."


class NotAnEmoji(Invalid):
    code = "not_an_emoji"
    zh = "请用一个表情来回应。"
    en = "React with one emoji."


class TooManyReactions(Conflict):
    code = "too_many_reactions"
    zh = "这条消息上的表情种类已满，请选一个已有的。"
    en = "This message has as many kinds of reactions as it can hold. Choose one that is there."


class NotForReactions(Conflict):
    code = "not_for_reactions"
    zh = "公告频道里不能用表情回应。"
    en = "Announcement channels take no reactions."


class TooManyPins(Conflict):
    code = "too_many_pins"
    zh = "最多置顶 {most} 条消息，请先取消一条。"
    en = "At most {most} messages can be pinned. Unpin one first."


class NotForPins(Conflict):
    code = "not_for_pins"
    zh = "和客户的会话里不能置顶消息。"
    en = "Messages cannot be pinned in a talk with a customer."


class NotTopicManager(Forbidden):
    code = "not_topic_manager"
    zh = "只有发起话题的人、群主和副群主可以这样做。"
    en = "Only whoever opened the topic, the group's owner and its deputies may do this."


class TopicClosed(Conflict):
    code = "topic_closed"
    zh = "这个话题已经关闭，不能再发送。请重新打开它，或者发到群里。"
    en = "This topic is closed; nothing more can be sent in it. Open it again, or write to the group."


class TopicUnknown(Invalid):
    code = "topic_unknown"
    zh = "这个群里没有这个话题，请重新选择。"
    en = "This group has no such topic. Choose again."


class TopicNameTaken(Conflict):
    code = "topic_name_taken"
    zh = "群里已经有一个同名的话题，请换个名字，或者到那个话题里说。"
    en = "The group has an open topic of that name. Choose another one, or write in that topic."


class TooManyTopics(Conflict):
    code = "too_many_topics"
    zh = "一个群最多同时有 {most} 个话题，请先关闭一个。"
    en = "A group has at most {most} open topics. Close one first."


class AlreadyInTopic(Conflict):
    code = "already_in_topic"
    zh = "这条消息已经在一个话题里。"
    en = "This message already belongs to a topic."


class NotForwardable(Conflict):
    code = "not_forwardable"
    zh = "有的消息已撤回或不能转发，请重新选择。"
    en = "Some of these messages were recalled or cannot be forwarded. Choose again."


class MentionsEverybody(Forbidden):
    code = "mentions_everybody"
    zh = "这里只有群主和副群主可以 @所有人：群里超过 {limit} 人，或者群设置如此。"
    en = "Only the owner and deputies may mention everybody here: the group is set so, or has more than {limit} people."


class CardUnknown(Invalid):
    code = "card_unknown"
    zh = "名片上的同事不存在或已离职，请重新选择。"
    en = "The colleague on this card does not exist or has left. Choose again."


class LocationMissing(Invalid):
    code = "location_missing"
    zh = "消息里没有位置，请重新选择位置再发送。"
    en = "The message holds no position. Choose one again and send it."


class NothingToSearch(Invalid):
    code = "nothing_to_search"
    zh = "请输入要查找的文字、字母或数字。"
    en = "Enter letters, digits or characters to search for."


class DepartmentsNotFound(Invalid):
    code = "departments_not_found"
    zh = "有些部门不存在，请重新选择。"
    en = "Some of these departments do not exist. Choose again."


class GroupTooLarge(Invalid):
    code = "group_too_large"
    zh = "群聊最多 10000 人。"
    en = "A group holds at most 10,000 people."


class PeopleNotFound(Invalid):
    code = "people_not_found"
    zh = "有些人不存在或已离职，请重新选择。"
    en = "Some of these people do not exist or have left. Choose again."
