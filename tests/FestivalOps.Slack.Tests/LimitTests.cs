using System.Text.Json;
using CsCheck;

namespace FestivalOps.Slack.Tests;

/// <summary>Whatever goes in, what comes out is within Slack's limits. The rules here are written anew over the JSON, from Slack's documentation.</summary>
public sealed class LimitTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[0, 60], Gen.Select(Gen.String[1, 40], Gen.Int[1, 400], (part, times) => string.Concat(Enumerable.Repeat(part, times))),
        Gen.Int[0, 14_000].Select(length => new string('あ', length)), Gen.Const("𠮷").Select(pair => string.Concat(Enumerable.Repeat(pair, 3000))),
        Gen.Int[1, 3000].Select(count => string.Concat(Enumerable.Repeat("&amp;<@U1>", count))));

    private static readonly Gen<TextObject> AnyText = Gen.Select(Text, Gen.Bool, (text, plain) => plain ? (TextObject)new PlainText(text) : new Markdown(text));

    private static readonly Gen<Option> AnOption = Gen.Select(Text, Gen.Int, Text, (text, value, more) => new Option { Text = text, Value = $"{value}", Description = more });

    private static readonly Gen<Block> AnyBlock = Gen.OneOf(
        Gen.Select(AnyText, AnyText.List[0, 25], (text, fields) => (Block)new SectionBlock { Text = text, Fields = fields }),
        Text.Select(text => (Block)new HeaderBlock { Text = text }),
        AnyText.List[0, 25].Select(texts => (Block)new ContextBlock { Elements = [.. texts.Cast<IContextElement>()] }),
        Gen.Select(Text, Gen.Int[0, 60], (text, count) => (Block)new ActionsBlock
        {
            Elements = [.. Enumerable.Range(0, count).Select(number => new Button { Text = text, ActionId = $"a{number}", Url = number % 2 == 0 ? "https://x.example/" + text : null })],
        }),
        Gen.Select(Text, AnOption.List[0, 250], (text, options) => (Block)new ActionsBlock { Elements = [new StaticSelectMenu { Placeholder = text, Options = options }] }),
        Gen.Select(Text, AnOption.List[0, 14], (text, options) => (Block)new InputBlock { Label = text, Hint = text, Element = new CheckboxGroup { Options = options } }),
        Gen.Select(Text, Text, (url, text) => (Block)new ImageBlock { ImageUrl = url, AltText = text, Title = text }),
        Text.Select(text => (Block)new MarkdownBlock { Text = text }),
        Gen.Select(Text, Gen.Int[0, 130], Gen.Int[1, 30], (text, rows, cells) => (Block)new TableBlock
        {
            Rows = [.. Enumerable.Range(0, rows).Select(_ => (IList<TableCell>)[.. Enumerable.Range(0, cells).Select(_ => new RawTextCell { Text = text })])],
        }),
        Text.List[0, 10].Select(texts => (Block)new RichTextBlock { Elements = [.. texts.Select(text => new RichTextPreformatted { Elements = [new RichTextText { Text = text }] })] }),
        Gen.Const((Block)new DividerBlock()));

    private static readonly Gen<Message> AnyMessage = Gen.Select(
        Text, AnyBlock.List[0, 40], Gen.Int[0, 120],
        (text, blocks, attachments) => new Message
        {
            Channel = "C1", Text = text, Blocks = blocks, Attachments = [.. Enumerable.Range(0, attachments).Select(_ => new Attachment { Text = text.Length > 100 ? text[..100] : text })],
        });

    [Fact]
    public void Every_message_fits_after_Fit() => AnyMessage.Sample(
        message =>
        {
            foreach (var part in MessageLimits.Fit(message))
                SlackRules.Check(part);
        },
        iter: 60, threads: 1);

    [Fact]
    public void Every_message_fits_into_one_after_FitOne() =>
        AnyMessage.Sample(message => SlackRules.Check(MessageLimits.FitOne(message)), iter: 20, threads: 1);

    [Fact]
    public void Cutting_says_how_much_is_missing_and_breaks_no_character() => Gen.Select(Text, Gen.Int[20, 4000]).Sample(
        (text, limit) =>
        {
            foreach (var cut in new[] { TextCut.Plain(text, limit), TextCut.Markdown(text, limit) })
            {
                cut.Length.ShouldBeLessThanOrEqualTo(limit);
                if (text.Length <= limit)
                {
                    cut.ShouldBe(text);
                    continue;
                }
                var mark = cut.LastIndexOf("… (+", StringComparison.Ordinal);
                var missing = int.Parse(cut[(mark + 4)..^1], System.Globalization.CultureInfo.InvariantCulture);
                var kept = text.Length - missing;
                cut.ShouldStartWith(text[..kept]);
                if (kept > 0)
                    char.IsHighSurrogate(cut[kept - 1]).ShouldBe(char.IsHighSurrogate(text[kept - 1]) && !char.IsLowSurrogate(text[kept]));
            }
        },
        iter: 200, threads: 1);

    [Theory]
    [InlineData("aaaa <@U12345> bbbbbbbbbbbbbbbbbbbbbbbb", 20, "aaaa … (+34)")]
    [InlineData("aaaaaaaa&amp;bbbbbbbbbbbbbbbbbbbbbbbbb", 17, "aaaaaaaa… (+30)")]
    public void Mrkdwn_is_never_cut_within_a_mention_or_an_entity(string text, int limit, string cut) => TextCut.Markdown(text, limit).ShouldBe(cut);

    [Fact]
    public void An_open_code_block_is_closed()
    {
        var cut = TextCut.Markdown("```\n" + new string('x', 200), 100);
        cut.Split("```").Length.ShouldBe(3);
        cut.Length.ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void A_long_text_goes_on_in_further_messages_and_nothing_of_it_is_lost()
    {
        var text = string.Join('\n', Enumerable.Range(0, 900).Select(number => $"line {number} of the log"));
        string.Concat(MessageLimits.Fit(new Message { Text = text }).Select(part => part.Text)).ShouldBe(text);
    }

    [Fact]
    public void A_runaway_text_ends_after_ten_messages_and_says_what_is_missing()
    {
        var parts = MessageLimits.Fit(new Message { Text = new string('x', 1_000_000) });
        parts.Count.ShouldBe(10);
        parts[^1].Text!.ShouldEndWith(")");
    }

    [Fact]
    public void What_was_given_is_not_changed()
    {
        var section = new SectionBlock { Text = new string('x', 5000) };
        MessageLimits.Fit(new Message { Blocks = [section] });
        section.Text.Text.Length.ShouldBe(5000);
    }

    [Fact]
    public void A_menu_with_more_than_a_hundred_choices_keeps_them_all_in_groups()
    {
        var menu = new StaticSelectMenu { ActionId = "m", Options = [.. Enumerable.Range(1, 250).Select(number => new Option { Text = $"{number}", Value = $"{number}" })] };
        var fitted = (StaticSelectMenu)((ActionsBlock)MessageLimits.Fit(new Message { Blocks = [new ActionsBlock { Elements = [menu] }] })[0].Blocks[0]).Elements[0];
        fitted.Options.ShouldBeEmpty();
        fitted.OptionGroups.SelectMany(group => group.Options).Select(option => option.Value).ShouldBe(Enumerable.Range(1, 250).Select(number => $"{number}"));
        fitted.OptionGroups[1].Label!.Text.ShouldBe("101–200");
    }

    [Fact]
    public void Programmers_errors_are_said_in_a_sentence()
    {
        Fails(new DividerBlock { BlockId = "b" }, new DividerBlock { BlockId = "b" }).ShouldContain("The block_id 'b' occurs twice");
        Fails(new ActionsBlock { Elements = [new Button { ActionId = "a" }, new Button { ActionId = "a" }] }).ShouldContain("The action_id 'a' occurs twice");
        Fails(new ActionsBlock { Elements = [new Button { Value = new string('x', 2001) }] }).ShouldContain("at most 2000");
        Fails(new DividerBlock { BlockId = new string('x', 256) }).ShouldContain("at most 255");
        Should.Throw<ArgumentException>(() => MessageLimits.Fit(new ModalViewDefinition { PrivateMetadata = new string('x', 3001) })).Message.ShouldContain("at most 3000");

        static string Fails(params Block[] blocks) => Should.Throw<ArgumentException>(() => MessageLimits.Fit(new Message { Blocks = blocks })).Message;
    }

    [Fact]
    public void A_view_fits_in_blocks_and_bytes()
    {
        var view = MessageLimits.Fit(new ModalViewDefinition
        {
            Title = new string('t', 50), Submit = new string('s', 50), Blocks = [.. Enumerable.Range(0, 200).Select(_ => new SectionBlock { Text = new string('あ', 3500) })],
        });
        view.Blocks.Count.ShouldBeLessThanOrEqualTo(100);
        ((ContextBlock)view.Blocks[^1]).Elements[0].ShouldBeOfType<PlainText>().Text.ShouldStartWith("… (+");
        JsonSerializer.SerializeToUtf8Bytes(view, Json.SlackJson.TypeInfo<ViewDefinition>()).Length.ShouldBeLessThanOrEqualTo(250_000);
        ((ModalViewDefinition)view).Title!.Text.Length.ShouldBeLessThanOrEqualTo(24);
    }
}

/// <summary>Slack's limits over the JSON that would be sent.</summary>
internal static class SlackRules
{
    public static void Check(Message message)
    {
        (message.Text ?? "").Length.ShouldBeLessThanOrEqualTo(4000);
        message.Attachments.Count.ShouldBeLessThanOrEqualTo(100);
        message.Blocks.Count.ShouldBeLessThanOrEqualTo(50);
        if (message.Blocks.Count == 0)
            return;
        (message.Text ?? "").ShouldNotBeEmpty();
        var blocks = JsonDocument.Parse(Json.SlackJson.Write<IList<Block>>(message.Blocks)).RootElement;
        blocks.EnumerateArray().Sum(Texts).ShouldBeLessThanOrEqualTo(13_000);
        blocks.EnumerateArray().Count(block => Type(block) == "table").ShouldBeLessThanOrEqualTo(1);
        blocks.EnumerateArray().Where(block => Type(block) == "markdown").Sum(block => block.GetProperty("text").GetString()!.Length).ShouldBeLessThanOrEqualTo(12_000);
        foreach (var block in blocks.EnumerateArray())
            Check(block);
    }

    private static void Check(JsonElement block)
    {
        switch (Type(block))
        {
            case "section":
                if (block.TryGetProperty("text", out var text))
                    Within(text, 3000);
                else
                    block.GetProperty("fields").GetArrayLength().ShouldBeGreaterThan(0);
                foreach (var field in Items(block, "fields", 10))
                    Within(field, 2000);
                break;
            case "header":
                Within(block.GetProperty("text"), 150);
                break;
            case "context":
                Items(block, "elements", 10).Count.ShouldBeGreaterThan(0);
                break;
            case "actions":
                foreach (var element in Items(block, "elements", 25))
                    Element(element);
                break;
            case "input":
                Within(block.GetProperty("label"), 2000);
                Element(block.GetProperty("element"));
                break;
            case "image":
                block.GetProperty("alt_text").GetString()!.Length.ShouldBeInRange(1, 2000);
                (block.TryGetProperty("image_url", out var url) ? url.GetString()!.Length : 0).ShouldBeLessThanOrEqualTo(3000);
                break;
            case "table":
                Items(block, "rows", 100).ForEach(row => row.GetArrayLength().ShouldBeLessThanOrEqualTo(20));
                Items(block, "rows", 100).Sum(row => row.EnumerateArray().Sum(cell => cell.GetProperty("text").GetString()!.Length)).ShouldBeLessThanOrEqualTo(10_000);
                Items(block, "rows", 100).ForEach(row => row.EnumerateArray().ShouldAllBe(cell => cell.GetProperty("text").GetString()!.Length > 0));
                break;
        }
    }

    private static void Element(JsonElement element)
    {
        if (Type(element) == "button")
        {
            Within(element.GetProperty("text"), 75);
            (element.TryGetProperty("url", out var url) ? url.GetString()!.Length : 0).ShouldBeLessThanOrEqualTo(3000);
            return;
        }
        if (element.TryGetProperty("placeholder", out var placeholder))
            Within(placeholder, 150);
        foreach (var option in Items(element, "options", Type(element) == "checkboxes" ? 10 : 100).Concat(Items(element, "option_groups", 100).SelectMany(group => Items(group, "options", 100))))
        {
            Within(option.GetProperty("text"), 75);
            option.GetProperty("value").GetString()!.Length.ShouldBeLessThanOrEqualTo(150);
            if (option.TryGetProperty("description", out var description))
                Within(description, 75);
        }
    }

    private static string Type(JsonElement element) => element.GetProperty("type").GetString()!;

    private static List<JsonElement> Items(JsonElement owner, string name, int most)
    {
        List<JsonElement> items = owner.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];
        items.Count.ShouldBeLessThanOrEqualTo(most);
        return items;
    }

    private static void Within(JsonElement text, int limit) => text.GetProperty("text").GetString()!.Length.ShouldBeInRange(1, limit);

    // Every text that people read, wherever it stands within sections, contexts, headers, rich text, tables and markdown.
    private static int Texts(JsonElement block) => Type(block) is "actions" or "input" ? 0 : Sum(block);

    private static int Sum(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(property =>
            property.Name is "text" && property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()!.Length : Sum(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(Sum),
        _ => 0,
    };
}
