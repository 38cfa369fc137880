using CsCheck;
using FestivalOps.Commands.Grammar;
using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("health db", "health|db")]
    [InlineData("  health   db ", "health|db")]
    [InlineData("note \"two words\" three", "note|two words|three")]
    [InlineData("note “two words” three", "note|two words|three")]
    [InlineData("note „two words“", "note|two words")]
    [InlineData("note 「二つの 語」", "note|二つの 語")]
    [InlineData("report —compare 2026-10", "report|--compare|2026-10")]
    [InlineData("report –compare", "report|--compare")]
    [InlineData("report 2026–10", "report|2026–10")]
    [InlineData("health　db", "health|db")]
    [InlineData("note \"never closed", "note|never closed")]
    [InlineData("note \"\"", "note|")]
    [InlineData("― health", "health")]
    [InlineData("- health db", "health|db")]
    [InlineData("report monthly \u202E\u0007\u200B10月", "report|monthly|10月")]
    [InlineData("\u200Fhealth\u200E d\u200Bb\uFEFF", "health|db")]
    [InlineData("note 👩\u200D💻", "note|👩\u200D💻")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Words_are_found_as_people_and_phones_type_them(string? typed, string words) =>
        string.Join('|', CommandLine.Parse(typed).Words).ShouldBe(words);

    [Theory]
    [InlineData("ＨＥＡＬＴＨ", "health")]
    [InlineData("Health", "health")]
    [InlineData("ｄｂ－ｃｏｎｎｅｃｔｉｏｎｓ", "db-connections")]
    public void Names_are_the_same_in_full_width_and_capitals(string typed, string name) => CommandLine.Parse(typed).Name(0).ShouldBe(name);

    [Fact]
    public void No_text_makes_it_fail() => Gen.String.Sample(text =>
    {
        var line = CommandLine.Parse(text);
        _ = line.Name(0) + line.Name(99);
        return line.From(99).IsEmpty;
    });

    [Theory]
    [InlineData("helth", "health")]
    [InlineData("haelth", "health")]
    [InlineData("healt", "health")]
    [InlineData("vers", "version")]
    [InlineData("hepl", "help")]
    [InlineData("restart", null)]
    [InlineData("", null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null)]
    public void The_word_that_was_meant_is_found_and_nothing_is_made_up(string typed, string? meant) =>
        Nearest.To(typed, ["health", "help", "version", "audit"]).ShouldBe(meant);

    [Theory]
    [InlineData("a\u0000b\nc", 50, "a b c")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("safe\u202Egnp.exe", 50, "safegnp.exe")]
    public void Foreign_text_is_one_harmless_line(string text, int max, string line) => ForeignText.OneLine(text, max).ShouldBe(line);

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        var line = CommandLine.Parse(new string('a', CommandLine.MaxLength - 1) + "😀");
        line.Name(0).ShouldBe(new string('a', CommandLine.MaxLength - 1));
        CommandLine.Parse("health \ud83d").Name(1).ShouldBe("\ufffd");
    }

    [Fact]
    public void Half_a_character_is_replaced() => ForeignText.OneLine("a\ud83d", 5).ShouldBe("a\ufffd");

    [Fact]
    public void Foreign_text_never_gets_longer_than_its_limit() =>
        Gen.String.Select(Gen.Int[2, 60]).Sample((text, max) => ForeignText.OneLine(text, max).Length <= max);
}
