using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Json;

internal sealed class BlockConverter : TolerantConverter<Block>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "section" => typeof(SectionBlock),
        "actions" => typeof(ActionsBlock),
        "context" => typeof(ContextBlock),
        "header" => typeof(HeaderBlock),
        "divider" => typeof(DividerBlock),
        "image" => typeof(ImageBlock),
        "input" => typeof(InputBlock),
        "rich_text" => typeof(RichTextBlock),
        "markdown" => typeof(MarkdownBlock),
        "table" => typeof(TableBlock),
        "video" => typeof(VideoBlock),
        "context_actions" => typeof(ContextActionsBlock),
        _ => null,
    };

    protected override Block? Unknown(string type, JsonElement raw) => new UnknownBlock(type, raw);
}

internal sealed class TextObjectConverter : TolerantConverter<TextObject>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "plain_text" => typeof(PlainText),
        "mrkdwn" => typeof(Markdown),
        _ => null,
    };

    protected override TextObject? Unknown(string type, JsonElement raw) => new UnknownTextObject(type, raw);
}

internal sealed class TableCellConverter : TolerantConverter<TableCell>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "raw_text" => typeof(RawTextCell),
        "rich_text" => typeof(RichTextCell),
        _ => null,
    };

    protected override TableCell? Unknown(string type, JsonElement raw) => new UnknownTableCell(type, raw);
}

internal sealed class ContextElementConverter : TolerantConverter<IContextElement>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "plain_text" => typeof(PlainText),
        "mrkdwn" => typeof(Markdown),
        "image" => typeof(Image),
        _ => null,
    };

    protected override IContextElement? Unknown(string type, JsonElement raw) => new UnknownElement(type, raw);
}

internal sealed class ContextActionsElementConverter : TolerantConverter<ContextActionsElement>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "feedback_buttons" => typeof(FeedbackButtons),
        "icon_button" => typeof(IconButton),
        _ => null,
    };

    protected override ContextActionsElement? Unknown(string type, JsonElement raw) => new UnknownContextActionsElement(type, raw);
}

internal sealed class BlockElementConverter<TElement> : TolerantConverter<TElement> where TElement : class, IBlockElement
{
    protected override Type? TypeFor(string type) => type switch
    {
        "static_select" => typeof(StaticSelectMenu),
        "multi_static_select" => typeof(StaticMultiSelectMenu),
        "external_select" => typeof(ExternalSelectMenu),
        "multi_external_select" => typeof(ExternalMultiSelectMenu),
        "users_select" => typeof(UserSelectMenu),
        "multi_users_select" => typeof(UserMultiSelectMenu),
        "channels_select" => typeof(ChannelSelectMenu),
        "multi_channels_select" => typeof(ChannelMultiSelectMenu),
        "conversations_select" => typeof(ConversationSelectMenu),
        "multi_conversations_select" => typeof(ConversationMultiSelectMenu),
        "plain_text_input" => typeof(PlainTextInput),
        "number_input" => typeof(NumberInput),
        "email_text_input" => typeof(EmailTextInput),
        "url_text_input" => typeof(UrlTextInput),
        "rich_text_input" => typeof(RichTextInput),
        "file_input" => typeof(FileInput),
        "datepicker" => typeof(DatePicker),
        "timepicker" => typeof(TimePicker),
        "datetimepicker" => typeof(DateTimePicker),
        "button" => typeof(Button),
        "image" => typeof(Image),
        "overflow" => typeof(OverflowMenu),
        "checkboxes" => typeof(CheckboxGroup),
        "radio_buttons" => typeof(RadioButtonGroup),
        _ => null,
    };

    // A known element in a place where it may not stand is unknown there; UnknownElement may stand anywhere.
    protected override TElement? Unknown(string type, JsonElement raw) => new UnknownElement(type, raw) as TElement;
}

internal sealed class RichTextElementConverter : TolerantConverter<RichTextElement>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "rich_text_section" => typeof(RichTextSection),
        "rich_text_list" => typeof(RichTextList),
        "rich_text_quote" => typeof(RichTextQuote),
        "rich_text_preformatted" => typeof(RichTextPreformatted),
        _ => null,
    };

    protected override RichTextElement? Unknown(string type, JsonElement raw) => new UnknownRichTextElement(type, raw);
}

internal sealed class RichTextSectionElementConverter : TolerantConverter<RichTextSectionElement>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "text" => typeof(RichTextText),
        "link" => typeof(RichTextLink),
        "user" => typeof(RichTextUser),
        "usergroup" => typeof(RichTextUserGroup),
        "channel" => typeof(RichTextChannel),
        "emoji" => typeof(RichTextEmoji),
        "date" => typeof(RichTextDate),
        "broadcast" => typeof(RichTextBroadcast),
        "team" => typeof(RichTextTeam),
        "color" => typeof(RichTextColor),
        _ => null,
    };

    protected override RichTextSectionElement? Unknown(string type, JsonElement raw) => new UnknownRichTextSectionElement(type, raw);
}

internal sealed class BlockActionConverter : TolerantConverter<BlockAction>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "static_select" => typeof(StaticSelectAction),
        "multi_static_select" => typeof(StaticMultiSelectAction),
        "external_select" => typeof(ExternalSelectAction),
        "multi_external_select" => typeof(ExternalMultiSelectAction),
        "users_select" => typeof(UserSelectAction),
        "multi_users_select" => typeof(UserMultiSelectAction),
        "channels_select" => typeof(ChannelSelectAction),
        "multi_channels_select" => typeof(ChannelMultiSelectAction),
        "conversations_select" => typeof(ConversationSelectAction),
        "multi_conversations_select" => typeof(ConversationMultiSelectAction),
        "button" => typeof(ButtonAction),
        "overflow" => typeof(OverflowAction),
        "checkboxes" => typeof(CheckboxGroupAction),
        "radio_buttons" => typeof(RadioButtonGroupAction),
        "datepicker" => typeof(DatePickerAction),
        "timepicker" => typeof(TimePickerAction),
        "datetimepicker" => typeof(DateTimePickerAction),
        "plain_text_input" => typeof(PlainTextInputAction),
        "number_input" => typeof(NumberInputAction),
        "email_text_input" => typeof(EmailTextInputAction),
        "url_text_input" => typeof(UrlTextInputAction),
        "rich_text_input" => typeof(RichTextInputAction),
        "feedback_buttons" => typeof(FeedbackButtonsAction),
        "icon_button" => typeof(IconButtonAction),
        _ => null,
    };

    protected override BlockAction? Unknown(string type, JsonElement raw) => new UnknownAction(type, raw);
}

internal sealed class ElementValueConverter : TolerantConverter<ElementValue>
{
    protected override Type? TypeFor(string type) => type switch
    {
        "static_select" => typeof(StaticSelectValue),
        "multi_static_select" => typeof(StaticMultiSelectValue),
        "external_select" => typeof(ExternalSelectValue),
        "multi_external_select" => typeof(ExternalMultiSelectValue),
        "users_select" => typeof(UserSelectValue),
        "multi_users_select" => typeof(UserMultiSelectValue),
        "channels_select" => typeof(ChannelSelectValue),
        "multi_channels_select" => typeof(ChannelMultiSelectValue),
        "conversations_select" => typeof(ConversationSelectValue),
        "multi_conversations_select" => typeof(ConversationMultiSelectValue),
        "overflow" => typeof(OverflowValue),
        "checkboxes" => typeof(CheckboxGroupValue),
        "radio_buttons" => typeof(RadioButtonGroupValue),
        "datepicker" => typeof(DatePickerValue),
        "timepicker" => typeof(TimePickerValue),
        "datetimepicker" => typeof(DateTimePickerValue),
        "plain_text_input" => typeof(PlainTextInputValue),
        "number_input" => typeof(NumberInputValue),
        "email_text_input" => typeof(EmailTextInputValue),
        "url_text_input" => typeof(UrlTextInputValue),
        "rich_text_input" => typeof(RichTextInputValue),
        "file_input" => typeof(FileInputValue),
        _ => null,
    };

    protected override ElementValue? Unknown(string type, JsonElement raw) => new UnknownElementValue(type, raw);
}
