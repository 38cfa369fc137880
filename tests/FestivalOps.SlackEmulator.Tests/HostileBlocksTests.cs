using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FestivalOps.SlackEmulator.Blocks;
using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class HostileBlocksTests
{
    private static readonly Gen<string> Keys = Pick(
        "type", "text", "elements", "element", "accessory", "options", "option_groups", "fields", "rows", "confirm", "label", "value", "action_id", "block_id", "style", "indent", "column_settings", "title");

    private static readonly Gen<string> Words = Pick(
        "section", "header", "context", "actions", "input", "image", "rich_text", "rich_text_section", "rich_text_list", "table", "markdown", "card", "button", "overflow", "static_select",
        "checkboxes", "plain_text_input", "plain_text", "mrkdwn", "raw_text", "text", "x", "");

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 5
        ? Leaf()
        : Gen.Frequency((2, Leaf()), (3, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (6, Gen.Select(Keys, inner).Array[0, 4].Select(pairs => $"{{{string.Join(',', pairs.DistinctBy(p => p.Item1, StringComparer.Ordinal).Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}"))));

    [Fact]
    public void No_json_however_odd_breaks_the_rules_or_what_comes_after_them() => Json.Array[0, 3].Sample(items =>
    {
        using var document = JsonDocument.Parse($"[{string.Join(',', items)}]");
        var findings = new Findings();
        BlockRules.Check(document.RootElement, Surface.Message, findings);
        if (findings.Messages.Count == 0)
            Elements.All(BlockIds.Fill(document.RootElement)).ToList().ShouldNotBeNull();
    }, iter: 20_000);

    [Fact]
    public async Task Newer_blocks_with_odd_insides_are_shown_and_cannot_be_pressed()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "x", JsonNode.Parse("""[{"type":"card","elements":["a",{"action_id":5}],"accessory":[1]}]""")!);
        (await slack.Http.GetStringAsync(slack.Url)).ShouldContain("<b>card</b>");
        ((string?)(await slack.ControlAsync("press", new { user = Seed.Sato, channel = "ops", ts, action_id = "a" }))["error"]).ShouldBe("no_such_element");
    }

    [Fact]
    public async Task Blocks_inside_attachments_are_checked_too()
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("attachments", JsonNode.Parse("""[{"blocks":[{"type":"section"}]}]""")!));
        ((string?)answer["response_metadata"]!["messages"]![0])!.ShouldContain("/attachments/0/blocks/0");
    }

    private static Gen<string> Pick(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static Gen<string> Leaf() => Gen.OneOf(Words.Select(w => $"\"{w}\""), Pick("null", "true", "1", "-1.5", "{}", "[]"));
}
