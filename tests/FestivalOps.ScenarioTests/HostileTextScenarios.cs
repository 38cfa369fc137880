namespace FestivalOps.ScenarioTests;

/// <summary>Text that tries to become markup, a mention or a link in what the bot says.</summary>
public sealed class HostileTextScenarios(World world)
{
    private static readonly string[] Mentions = ["<!", "<@", "<#", "<http"];

    public static TheoryData<string> Texts => new(
        "<!channel>",
        "@channel",
        "@here",
        $"<@{Seed.Sato}>",
        "@sato",
        "#general",
        "<https://evil.example|click>",
        "https://evil.example/",
        "*太字*",
        "_斜体_",
        "~取消~",
        "`code`",
        "```block```",
        "&lt;!channel&gt;",
        "\u0001\u0007\u001b[31m",
        "\u202Eredro\u202C",
        "a\nb\r\nc",
        "\"",
        "“”",
        "../../etc/passwd",
        "'; DROP TABLE audit_entries; --",
        "{{7*7}} ${7*7} %s%n",
        new string('あ', 4000),
        string.Concat(Enumerable.Repeat("<!channel> ", 360)),
        string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 150)));

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Is_repeated_as_plain_text_at_the_most(string text)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        foreach (var command in (string[])["/fops ", "/fops health ", "/fops help "])
        {
            await stage.Sato.Types(command + text);
            var answer = await stage.Sato.Sees("はありません");

            answer.IsForOneOnly.ShouldBeTrue();
            answer.Text.Length.ShouldBeLessThan(600);
            foreach (var markup in answer.Markup)
            {
                foreach (var mention in Mentions) markup.ShouldNotContain(mention, Case.Sensitive);
                Outside(markup).ShouldNotContain("*太字*");
                Outside(markup).ShouldNotContain("_斜体_");
                Outside(markup).ShouldNotContain("~取消~");
                markup.ShouldNotContain("`code`", Case.Sensitive);
                markup.ShouldNotContain("```", Case.Sensitive);
                markup.ShouldNotContain("\u202E", Case.Sensitive);
                markup.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
            }
        }
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task What_was_typed_is_shown_as_it_was_typed()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops a<b>&c");
        // On the wire the three characters are entities; twice escaped they would be seen as such.
        await stage.Sato.Sees("a&lt;b&gt;&amp;c");
        await stage.Sato.Types("/fops health a<b>&c");
        await stage.Sato.Sees("a&lt;b&gt;&amp;c");
    }

    [Fact]
    public async Task In_the_trail_it_stays_text()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops <!channel> *太字* `x`");
        await stage.Sato.Sees("はありません");

        await stage.Tanaka.Types("/fops audit");
        var list = await stage.Tanaka.Sees("監査記録 (新しい順");

        list.Text.ShouldContain("`&lt;!channel&gt; *太字* ˋxˋ`");
        list.Text.ShouldNotContain("<!");
    }

    // Between back-ticks nothing is markup.
    private static string Outside(string markup) => string.Concat(markup.Split('`').Where((_, i) => i % 2 == 0));
}
