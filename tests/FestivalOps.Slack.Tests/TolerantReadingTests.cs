using System.Text.Json;
using FestivalOps.Slack.Json;

namespace FestivalOps.Slack.Tests;

public sealed class TolerantReadingTests
{
    private static T Read<T>(string json) => SlackJson.Read<T>(JsonDocument.Parse(json).RootElement)!;

    [Fact]
    public void Nulls_where_lists_objects_numbers_and_truth_values_are_documented_read_as_their_defaults()
    {
        var request = Read<BlockActionRequest>("""{"type":"block_actions","actions":null,"team":null,"container":null,"user":null,"is_enterprise_install":null,"state":null,"trigger_id":null}""");
        request.Actions.ShouldBeEmpty();
        request.Team.ShouldBeNull();
        request.Container.ShouldNotBeNull();
        request.User.Id.ShouldBe("");
        var channel = Read<Conversation>("""{"id":"C1","created":null,"is_member":null,"num_members":"12","topic":null,"previous_names":null}""");
        (channel.Created, channel.NumMembers, channel.PreviousNames.Count).ShouldBe((0, 12, 0));
    }

    [Fact]
    public void Unknown_blocks_elements_and_texts_are_written_back_as_they_came()
    {
        const string Blocks = """[{"type":"hologram","depth":3,"nested":{"a":[1,null]}},{"type":"section","text":{"type":"shiny","text":"x"},"accessory":{"type":"dial","action_id":"d"}},{"type":"context","elements":[{"type":"gauge","value":7}]}]""";
        var read = Read<IList<Block>>(Blocks);
        read[0].ShouldBeOfType<UnknownBlock>();
        var section = read[1].ShouldBeOfType<SectionBlock>();
        section.Text.ShouldBeOfType<UnknownTextObject>().Text.ShouldBe("x");
        section.Accessory.ShouldBeOfType<UnknownElement>().ActionId.ShouldBe("d");
        var written = SlackJson.Write(read);
        written.ShouldContain("""{"type":"hologram","depth":3,"nested":{"a":[1,null]}}""");
        written.ShouldContain("""{"type":"dial","action_id":"d"}""");
        written.ShouldContain("""{"type":"gauge","value":7}""");
    }

    [Fact]
    public void A_known_type_of_unknown_form_becomes_unknown_instead_of_losing_the_message()
    {
        var message = Read<MessageEvent>("""{"type":"message","text":"hi","blocks":[{"type":"section","fields":17},{"type":"divider"},"nonsense"]}""");
        message.Text.ShouldBe("hi");
        message.Blocks[0].ShouldBeOfType<UnknownBlock>();
        message.Blocks[1].ShouldBeOfType<DividerBlock>();
    }

    [Fact]
    public void Events_that_send_an_object_where_others_send_its_id_are_read()
    {
        Read<Event>("""{"type":"channel_rename","channel":{"id":"C1","name":"new","created":1}}""").ShouldBeOfType<ChannelRename>().Channel!.Name.ShouldBe("new");
        Read<Event>("""{"type":"team_join","user":{"id":"U1"}}""").ShouldBeOfType<TeamJoin>().User!.Id.ShouldBe("U1");
        Read<Event>("""{"type":"app_mention","channel":{"id":"C1"},"user":{"id":"U1"}}""").ShouldBeOfType<AppMention>().User.ShouldBe("U1");
        Read<Event>("""{"type":"message","subtype":"message_changed","message":{"text":"now","ts":"1.2"},"previous_message":{"text":"before"}}""")
            .ShouldBeOfType<MessageEvent>().Message!.Text.ShouldBe("now");
        Read<Event>("""{"type":"message","ts":1700000000.000100}""").ShouldBeOfType<MessageEvent>().Ts.ShouldBe("1700000000.000100");
    }

    [Theory]
    [InlineData("datepicker", "\"selected_date\":\"2026-11-23\"", "11/23/2026 00:00:00")]
    [InlineData("datepicker", "\"selected_date\":null", "")]
    [InlineData("datepicker", "\"selected_date\":\"soon\"", "")]
    [InlineData("datetimepicker", "\"selected_date_time\":1700000000", "11/14/2023 22:13:20")]
    [InlineData("datetimepicker", "\"selected_date_time\":\"1700000000\"", "11/14/2023 22:13:20")]
    public void Dates_are_read(string type, string field, string expected)
    {
        var action = Read<BlockAction>($$"""{"type":"{{type}}","action_id":"a",{{field}}}""");
        var value = action is DatePickerAction date ? date.SelectedDate : ((DateTimePickerAction)action).SelectedDateTime;
        (value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "").ShouldBe(expected);
    }

    [Fact]
    public void Every_kind_of_action_and_value_is_read_by_its_type()
    {
        Read<BlockAction>("""{"type":"static_select","selected_option":{"text":{"type":"plain_text","text":"A"},"value":"a"}}""").ShouldBeOfType<StaticSelectAction>().SelectedOption!.Value.ShouldBe("a");
        Read<BlockAction>("""{"type":"multi_users_select","selected_users":["U1","U2"]}""").ShouldBeOfType<UserMultiSelectAction>().SelectedUsers.ShouldBe(["U1", "U2"]);
        Read<BlockAction>("""{"type":"conversations_select","selected_conversation":"C1"}""").ShouldBeOfType<ConversationSelectAction>().SelectedConversation.ShouldBe("C1");
        Read<BlockAction>("""{"type":"timepicker","selected_time":"09:30"}""").ShouldBeOfType<TimePickerAction>().SelectedTime.ShouldBe(new TimeSpan(9, 30, 0));
        Read<ElementValue>("""{"type":"checkboxes","selected_options":[{"value":"x"}]}""").ShouldBeOfType<CheckboxGroupValue>().SelectedOptions[0].Value.ShouldBe("x");
        Read<ElementValue>("""{"type":"rich_text_input","rich_text_value":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"t"}]}]}}""")
            .ShouldBeOfType<RichTextInputValue>().RichTextValue!.Elements.Count.ShouldBe(1);
    }
}
