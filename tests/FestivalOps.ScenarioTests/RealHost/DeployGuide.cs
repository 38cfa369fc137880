namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>What <c>deploy/README.md</c> tells people to type: the tests type it, so that it is right.</summary>
internal static class DeployGuide
{
    /// <summary>The lines of a block of shell commands.</summary>
    /// <param name="section">The heading that it stands below.</param>
    /// <param name="number">Which of the section's blocks, from 1.</param>
    public static IReadOnlyList<string> Block(string section, int number)
    {
        var text = File.ReadAllText(Path.Combine(HostBase.Repository, "deploy", "README.md"));
        var below = text.Split($"\n## {section}\n") is [_, var rest] ? rest.Split("\n## ")[0] : throw new InvalidOperationException($"deploy/README.md has no section {section}.");
        var blocks = below.Split("```sh\n").Skip(1).Select(b => b.Split("```")[0]).ToList();
        return blocks[number - 1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
