using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Blocks;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class BlockRulesTests
{
    public static TheoryData<string, string, string> Breaches => new()
    {
        { $$$"""[{"type":"header","text":{"type":"plain_text","text":"{{{X(151)}}}"}}]""", "must be less than 151 characters", "/blocks/0/text/text" },
        { """[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]""", "must be one of: plain_text", "/blocks/0/text/type" },
        { """[{"type":"section"}]""", "missing required field: text", "/blocks/0" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":""}}]""", "must be more than 0 characters", "/blocks/0/text/text" },
        { $$$"""[{"type":"section","text":{"type":"mrkdwn","text":"{{{X(3001)}}}"}}]""", "must be less than 3001 characters", "/blocks/0/text/text" },
        { $$$"""[{"type":"section","fields":[{"type":"mrkdwn","text":"{{{X(2001)}}}"}]}]""", "must be less than 2001 characters", "/blocks/0/fields/0/text" },
        { $$$"""[{"type":"section","fields":[{{{Many(11, """{"type":"mrkdwn","text":"x"}""")}}}]}]""", "no more than 10 items allowed", "/blocks/0/fields" },
        { $$$"""[{{{Many(51, """{"type":"divider"}""")}}}]""", "no more than 50 items allowed", "/blocks" },
        { $$$"""[{"type":"context","elements":[{{{Many(11, """{"type":"mrkdwn","text":"x"}""")}}}]}]""", "no more than 10 items allowed", "/blocks/0/elements" },
        { $$$"""[{"type":"actions","elements":[{{{Buttons(26)}}}]}]""", "no more than 25 items allowed", "/blocks/0/elements" },
        { $$$"""[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"{{{X(76)}}}"}}]}]""", "must be less than 76 characters", "/blocks/0/elements/0/text/text" },
        { $$$"""[{"type":"actions","elements":[{"type":"button","value":"{{{X(2001)}}}","text":{"type":"plain_text","text":"x"}}]}]""", "must be less than 2001 characters", "/blocks/0/elements/0/value" },
        { """[{"type":"actions","elements":[{"type":"button","style":"warning","text":{"type":"plain_text","text":"x"}}]}]""", "must be one of: primary, danger", "/blocks/0/elements/0/style" },
        { """[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}]}]""", "duplicate action_id: a", "/blocks/0/elements/1" },
        { """[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""", "duplicate block_id: a", "/blocks/1" },
        { $$$"""[{"type":"divider","block_id":"{{{X(256)}}}"}]""", "must be less than 256 characters", "/blocks/0/block_id" },
        { $$$"""[{"type":"actions","elements":[{"type":"static_select","options":[{{{Many(101, """{"text":{"type":"plain_text","text":"x"},"value":"x"}""")}}}]}]}]""", "no more than 100 items allowed", "/blocks/0/elements/0/options" },
        { $$$"""[{"type":"actions","elements":[{"type":"static_select","options":[{"text":{"type":"plain_text","text":"x"},"value":"{{{X(151)}}}"}]}]}]""", "must be less than 151 characters", "/blocks/0/elements/0/options/0/value" },
        { $$$"""[{"type":"actions","elements":[{"type":"overflow","options":[{{{Many(6, """{"text":{"type":"plain_text","text":"x"},"value":"x"}""")}}}]}]}]""", "no more than 5 items allowed", "/blocks/0/elements/0/options" },
        { $$$"""[{"type":"actions","elements":[{"type":"checkboxes","options":[{{{Many(11, """{"text":{"type":"plain_text","text":"x"},"value":"x"}""")}}}]}]}]""", "no more than 10 items allowed", "/blocks/0/elements/0/options" },
        { $$$"""[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"confirm":{"title":{"type":"plain_text","text":"{{{X(101)}}}"},"text":{"type":"mrkdwn","text":"x"},"confirm":{"type":"plain_text","text":"x"},"deny":{"type":"plain_text","text":"x"} } }]}]""", "must be less than 101 characters", "/blocks/0/elements/0/confirm/title/text" },
        { """[{"type":"actions","elements":[{"type":"plain_text_input"}]}]""", "unsupported type: plain_text_input", "/blocks/0/elements/0/type" },
        { """[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"button","text":{"type":"plain_text","text":"x"}}}]""", "unsupported type: button", "/blocks/0/element/type" },
        { """[{"type":"image","image_url":"https://example.com/a.png"}]""", "missing required field: alt_text", "/blocks/0" },
        { """[{"type":"sektion"}]""", "unsupported type: sektion", "/blocks/0/type" },
        { """[{"type":"divider","colour":"red"}]""", "invalid additional property: colour", "/blocks/0" },
        { """[{"type":"actions","elements":[{"type":"datepicker","initial_date":"23.11.2026"}]}]""", "must be a date", "/blocks/0/elements/0/initial_date" },
        { """[{"type":"table","rows":[[{"type":"raw_text","text":""}]]}]""", "must be more than 0 characters", "/blocks/0/rows/0/0/text" },
        { """[{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]},{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}]""", "only_one_table_allowed", "/blocks" },
        { $$$"""[{"type":"markdown","text":"{{{X(6001)}}}"},{"type":"markdown","text":"{{{X(6001)}}}"}]""", "less than 12001 characters over all blocks", "/blocks" },
        { """[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"blink"}]}]}]""", "unsupported type: blink", "/blocks/0/elements/0/elements/0/type" },
        { """[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","indent":9,"elements":[{"type":"rich_text_section","elements":[]}]}]}]""", "must be a number from 0 to 8", "/blocks/0/elements/0/indent" },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_is_named_with_its_place(string blocks, string what, string pointer)
    {
        var found = Check(blocks, Surface.Message);
        found.ShouldContain(m => m.Contains(what, StringComparison.Ordinal) && m.EndsWith($"[json-pointer:{pointer}]", StringComparison.Ordinal), string.Join('\n', found));
    }

    [Fact]
    public void Everything_at_its_limit_is_fine()
    {
        var blocks = $$$"""
            [{"type":"header","level":4,"text":{"type":"plain_text","text":"{{{X(150)}}}","emoji":true}},
             {"type":"section","text":{"type":"mrkdwn","text":"{{{X(3000)}}}"},"accessory":{"type":"overflow","options":[{{{Many(5, """{"text":{"type":"plain_text","text":"x"},"value":"x"}""")}}}]}},
             {"type":"context","elements":[{{{Many(10, """{"type":"mrkdwn","text":"x"}""")}}}]},
             {"type":"actions","elements":[{{{Buttons(25)}}}]},
             {"type":"table","rows":[[{"type":"raw_text","text":"x"},{"type":"raw_number","value":1}]],"column_settings":[null,{"align":"right"}]},
             {"type":"rich_text","elements":[{"type":"rich_text_preformatted","elements":[{"type":"text","text":"x"}]}]},
             {"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","max_length":3000}}]
            """;
        Check(blocks, Surface.Message).ShouldBeEmpty();
    }

    [Fact]
    public void Modals_and_home_tabs_take_a_hundred_blocks_but_no_tables()
    {
        Check($"[{Many(100, """{"type":"divider"}""")}]", Surface.Modal).ShouldBeEmpty();
        Check("""[{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}]""", Surface.Home).ShouldNotBeEmpty();
        Check("""[{"type":"markdown","text":"x"}]""", Surface.Modal).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_refused_post_carries_the_messages_and_lands_in_the_refusals()
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.CallAsync("chat.postMessage", ("channel", "C0OPS00001"), ("text", "x"), ("blocks", JsonNode.Parse("""[{"type":"section"}]""")!));
        ((string?)answer["error"]).ShouldBe("invalid_blocks");
        ((string?)answer["response_metadata"]!["messages"]![0])!.ShouldContain("/blocks/0");
        ((string?)(await slack.ListAsync("refusals"))[0]!["messages"]![0])!.ShouldContain("/blocks/0");
        ((string?)(await slack.CallAsync("chat.postMessage", ("channel", "C0OPS00001"), ("blocks", "not json")))["error"]).ShouldBe("invalid_blocks_format");
    }

    [Fact]
    public async Task Too_much_text_over_all_blocks_is_refused()
    {
        await using var slack = await Running.StartAsync();
        var sections = Enumerable.Range(0, 5).Select(_ => new { type = "section", text = new { type = "mrkdwn", text = X(2800) } });
        ((string?)(await slack.CallAsync("chat.postMessage", ("channel", "C0OPS00001"), ("text", "x"), ("blocks", sections)))["error"]).ShouldBe("msg_blocks_too_long");
    }

    private static IReadOnlyList<string> Check(string blocks, Surface surface)
    {
        using var document = JsonDocument.Parse(blocks);
        var findings = new Findings();
        BlockRules.Check(document.RootElement, surface, findings);
        return findings.Messages;
    }

    private static string X(int count) => new('x', count);

    private static string Many(int count, string json) => string.Join(',', Enumerable.Repeat(json, count));

    private static string Buttons(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""{"type":"button","action_id":"a{{{i}}}","text":{"type":"plain_text","text":"x"}}"""));
}
