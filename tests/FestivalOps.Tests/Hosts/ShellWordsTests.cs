using System.Diagnostics;
using System.Text;
using CsCheck;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Running;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Hosts;

/// <summary>What goes through a shell comes out as it went in, judged by this machine's own shells.</summary>
public sealed class ShellWordsTests
{
    private static readonly string[] Special =
        ["'", "\"", "\\", "$", "`", "!", "\n", " ", ";", "&", "*", "~", "#", "=", "-", "\r", "\t", "%", "\u001b", "é", "表", "🎪"];

    private static readonly Gen<string> Nasty = Gen.OneOf(
        Gen.Int[0, Special.Length - 1].Select(i => Special[i]),
        Gen.Char['\u0001', '\u07ff'].Select(c => c.ToString())).Array[0, 12].Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    public void Any_list_of_words_round_trips_through_a_shell(string shell)
    {
        Assert.SkipUnless(File.Exists(shell), $"there is no {shell} here");
        // Many lists in one process: after each list a line that no word can be.
        var lists = new List<string[]>();
        Nasty.Array[0, 6].Sample(lists.Add, iter: 2000, threads: 1);
        var script = string.Concat(lists.Select(words => ShellWords.Line(["printf", "%s\\000", .. words, "|end|"]) + "\n"));
        var said = Run(shell, script).Split('\0')[..^1];
        said.ShouldBe(lists.SelectMany(words => words.Append("|end|")));
    }

    [Fact]
    public void What_can_not_be_passed_on_is_refused()
    {
        foreach (var word in (string[])["a\0b", "\ud800", "a\udc00"])
        {
            Should.Throw<ArgumentException>(() => ShellWords.Quote(word));
            Should.Throw<ArgumentException>(() => new HostCommand("/bin/echo", word));
        }
    }

    [Fact]
    public void A_program_without_its_full_path_and_a_line_too_long_are_refused()
    {
        Should.Throw<ArgumentException>(() => new HostCommand("echo"));
        Should.Throw<ArgumentException>(() => new HostCommand("/bin/echo", new string('x', HostCommand.LongestLine)));
    }

    [Fact]
    public void A_command_is_shown_as_a_person_would_write_it() =>
        new HostCommand("/usr/bin/psql", "-c", "SELECT 1", HostArgument.Secret("pw")) { AsRoot = true }.ToString().ShouldBe("sudo /usr/bin/psql -c 'SELECT 1' ***");

    private static string Run(string shell, string script)
    {
        var start = new ProcessStartInfo(shell, ["-s"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(script));
        process.StandardInput.Close();
        process.WaitForExit();
        return said.Result;
    }
}
