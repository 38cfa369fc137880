using System.Reflection;
using System.Text.RegularExpressions;
using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.House;

/// <summary>Every text that people see exists in both languages, and stands where texts stand.</summary>
public sealed partial class LanguageTests
{
    public const string Japanese = @"[\u3040-\u30ff\u4e00-\u9fff]";

    [Fact]
    public void Every_fixed_text_is_Japanese_in_Japanese_and_English_in_English()
    {
        var texts = typeof(BotHost).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(LocalizedText))
            .Select(f => (Name: $"{f.DeclaringType!.Name}.{f.Name}", Text: (LocalizedText)f.GetValue(null)!))
            .ToList();
        texts.Count.ShouldBeGreaterThan(30);
        texts.Where(t => Regex.IsMatch(t.Text.En, Japanese)).Select(t => t.Name).ShouldBeEmpty();
        texts.Where(t => t.Text.Ja != t.Text.En && !Regex.IsMatch(t.Text.Ja, Japanese)).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_without_one_of_its_languages_can_not_be_made()
    {
        Should.Throw<ArgumentException>(() => new LocalizedText("", "text"));
        Should.Throw<ArgumentException>(() => new LocalizedText("文", " "));
    }

    [Fact]
    public void Japanese_stands_only_where_its_English_twin_stands_beside_it()
    {
        // A Japanese literal on a line (or the one before it) without "new(" or LocalizedText is a text with one language.
        var alone =
            from file in Directory.EnumerateFiles(RepositoryRoot.Path("src", "FestivalOps"), "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            let code = Comments().Replace(File.ReadAllText(file), "")
            from Match literal in JapaneseLiteral().Matches(code)
            let before = code[Math.Max(0, literal.Index - 400)..literal.Index]
            let statement = before[(before.LastIndexOfAny([';', '{', '}']) + 1)..]
            where !literal.Value.Contains(" / ", StringComparison.Ordinal)
                && !before.Contains("new(", StringComparison.Ordinal) && !before.Contains("LocalizedText(", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {literal.Value} after {statement.Trim()}";
        // Brackets of Japanese keyboards and separators of lists are grammar, not texts.
        alone.Where(a => !a.Contains("「", StringComparison.Ordinal) && !a.Contains("\"、\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\s*//.*$|(?<=\s)// .*$", RegexOptions.Multiline, 5000)]
    private static partial Regex Comments();

    [GeneratedRegex("\"[^\"\\n]*[\\u3040-\\u30ff\\u4e00-\\u9fff][^\"\\n]*\"", RegexOptions.None, 5000)]
    private static partial Regex JapaneseLiteral();
}
