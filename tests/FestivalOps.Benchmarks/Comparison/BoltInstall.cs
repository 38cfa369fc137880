using System.ComponentModel;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>Installs the pinned Bolt beside this program, the first time that it is needed.</summary>
internal static class BoltInstall
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2);

    /// <summary>The folder that it is in, or null and why.</summary>
    public static async Task<(string? Folder, string? Problem)> EnsureAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "bolt");
        try
        {
            await using (var node = Child.Start("node", ["--version"], folder))
            {
                if (await node.EndAsync(AtMost) != 0) return (null, "node does not run");
            }
            if (File.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt", "package.json"))) return (folder, null);
            await using var npm = Child.Start("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder);
            return await npm.EndAsync(AtMost) == 0 ? (folder, null) : (null, $"npm ci failed:\n{npm.Said}");
        }
        catch (Win32Exception)
        {
            return (null, "node or npm is not installed");
        }
        catch (TimeoutException)
        {
            return (null, "npm ci took more than two minutes");
        }
    }
}
