using YamlDotNet.RepresentationModel;

namespace FestivalOps.Tests.Manifest;

/// <summary>A manifest as paths and values: "features.slash_commands[].command" is "/fops".</summary>
internal sealed class ManifestFile
{
    private readonly List<(string Path, string? Value)> leaves = [];
    private readonly Dictionary<string, int> lists = new(StringComparer.Ordinal);

    /// <summary>Reads YAML text.</summary>
    public ManifestFile(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        Walk("", stream.Documents.Single().RootNode);
    }

    /// <summary>All values with their paths; entries of a list share a path that ends with [].</summary>
    public IReadOnlyList<(string Path, string? Value)> Leaves => leaves;

    /// <summary>How many entries a list has.</summary>
    public int CountOf(string list) => lists.GetValueOrDefault(list);

    /// <summary>Whether there is a value at the path.</summary>
    public bool Has(string path) => leaves.Exists(leaf => leaf.Path == path);

    /// <summary>The only value at the path; null when there is none.</summary>
    public string? ValueOf(string path) => leaves.SingleOrDefault(leaf => leaf.Path == path).Value;

    /// <summary>All values at the path.</summary>
    public IReadOnlyList<string?> ValuesOf(string path) => [.. leaves.Where(leaf => leaf.Path == path).Select(leaf => leaf.Value)];

    private void Walk(string path, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children) Walk(path.Length == 0 ? $"{key}" : $"{path}.{key}", value);
                break;
            case YamlSequenceNode list:
                lists[path] = list.Children.Count;
                foreach (var entry in list.Children) Walk(path + "[]", entry);
                break;
            case YamlScalarNode scalar:
                leaves.Add((path, scalar.Value));
                break;
        }
    }
}
