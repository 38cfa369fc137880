using System.Globalization;
using System.Resources;

namespace FestivalOps.Demo.SamplePlatform;

/// <summary>The text files that travel inside the assembly (see PlatformFiles.resx).</summary>
internal static class PlatformFiles
{
    private static readonly ResourceManager Resources = new(typeof(PlatformFiles).FullName!, typeof(PlatformFiles).Assembly);

    /// <summary>The platform's tables, indexes and foreign keys, as PostgreSQL statements.</summary>
    public static string Schema => Text("Schema");

    /// <summary>The script that ends our servers when we die; see <see cref="Local.ProcessGuard"/>.</summary>
    public static string Guard => Text("Guard");

    private static string Text(string name) =>
        Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"PlatformFiles.resx has no {name}.");
}
