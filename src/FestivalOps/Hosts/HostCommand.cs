using System.Text;
using FestivalOps.Hosts.Running;

namespace FestivalOps.Hosts;

/// <summary>One argument of a command.</summary>
/// <param name="Text">What the program gets, unchanged. No NUL and no broken surrogate: those can't be passed on.</param>
/// <param name="IsSecret">
/// True when people must not see it: it is masked in logs, sentences and in what the program says. Other accounts of the host may see it in the
/// list of processes all the same, as with any argument; where the program can read a secret from its input or a file, let it.
/// </param>
/// <param name="Label">What people see in place of a text that is long and always the same, such as a script of ours; null: the text itself.</param>
internal readonly record struct HostArgument(string Text, bool IsSecret = false, string? Label = null)
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>An argument that people must not see.</summary>
    public static HostArgument Secret(string text) => new(text, IsSecret: true);

    /// <summary>A plain argument.</summary>
    public static implicit operator HostArgument(string text) => new(text);

    /// <summary>As people may see it.</summary>
    public override string ToString() => IsSecret ? Mask : Label ?? ShellWords.Shown(Text);
}

/// <summary>A command as data: a program and its arguments. No shell ever reads it.</summary>
internal sealed record HostCommand
{
    /// <summary>How many bytes program and arguments may have together: a shell at the other end takes one line of 128 KiB.</summary>
    public const int LongestLine = 100_000;

    /// <summary>Makes a command.</summary>
    /// <param name="executable">Absolute path of the program.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <exception cref="ArgumentException">The path is not absolute, a text can't be passed on unchanged, or all is too long.</exception>
    public HostCommand(string executable, params IEnumerable<HostArgument> arguments)
    {
        if (!executable.StartsWith('/')) throw new ArgumentException("A program is named by its absolute path.", nameof(executable));
        Executable = executable;
        Arguments = [.. arguments];
        if (Words.Sum(w => Encoding.UTF8.GetByteCount(ShellWords.Quote(w)) + 1) > LongestLine)
            throw new ArgumentException($"Program and arguments have more than {LongestLine} bytes; give what is long as input.", nameof(arguments));
    }

    /// <summary>Absolute path of the program.</summary>
    public string Executable { get; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<HostArgument> Arguments { get; }

    /// <summary>Runs it as root through <c>sudo -n</c>, which <c>deploy/sudoers/festivalops</c> must allow. Default: false, as the account itself.</summary>
    public bool AsRoot { get; init; }

    /// <summary>How long it may run before it is ended with all that it started. More than 0. Default: 1 minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Absolute path of the folder that it runs in. Default: null, where the account starts.</summary>
    public string? Folder { get; init; }

    /// <summary>What it reads from its standard input. Default: empty, which it sees as the end of input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>What it reads in place of <see cref="Input"/> while it runs, as it comes. Default: null.</summary>
    public Stream? Feed { get; init; }

    /// <summary>True when it reads something.</summary>
    public bool HasInput => Feed is not null || !Input.IsEmpty;

    /// <summary>
    /// True: it must not run twice at once on a host. One that a killed bot left behind, or that another instance runs, is found there, and this one is not
    /// begun (<see cref="HostOutcome.Busy"/>). Default: false.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>How much of each of its two outputs is kept, from the beginning; the rest is read and dropped. Unit: bytes. Default: 1 MiB.</summary>
    public int OutputLimit { get; init; } = 1024 * 1024;

    /// <summary>
    /// Phrases in its error output (or, where that is empty, its output) which mean, when it fails, that what it works on is not there: no such
    /// unit, no such file. Default: none.
    /// </summary>
    public IReadOnlyList<string> AbsentWhen { get; init; } = [];

    /// <summary>Program and arguments. Holds secrets: not for people.</summary>
    public IReadOnlyList<string> Words => [Executable, .. Arguments.Select(a => a.Text)];

    /// <summary>For people and logs: one line, secrets masked.</summary>
    public override string ToString() => (AsRoot ? "sudo " : "") + string.Join(' ', Arguments.Prepend(Executable));

    /// <summary>Takes this command's secrets out of a text.</summary>
    public string Masked(string text) => Arguments
        .Where(a => a is { IsSecret: true, Text.Length: > 0 })
        .Aggregate(text, (masked, a) => masked.Replace(a.Text, HostArgument.Mask, StringComparison.Ordinal));
}
