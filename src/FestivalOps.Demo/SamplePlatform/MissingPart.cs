namespace FestivalOps.Demo.SamplePlatform;

/// <summary>A part of the sample platform that could not be started.</summary>
/// <param name="Part">Its name, such as "nginx".</param>
/// <param name="Reason">Why, in English, as the part itself says it.</param>
/// <param name="Without">What the demo is like without it, in Japanese and English.</param>
/// <param name="Packages">Debian's packages that bring it, separated by spaces.</param>
internal sealed record MissingPart(string Part, string Reason, (string Japanese, string English) Without, string Packages)
{
    /// <summary>The command that installs it on Debian and Ubuntu.</summary>
    public string InstallHint => $"sudo apt-get install -y {Packages}";

    /// <summary>Both languages in one line, for a terminal.</summary>
    public string Line => $"[demo] {Part}: なし。{Without.Japanese}。追加するには: {InstallHint} / not here ({Reason}); {Without.English}.";
}
