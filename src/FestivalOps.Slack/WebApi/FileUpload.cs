using System.Text;

namespace FestivalOps.Slack.WebApi;

/// <summary>A file to upload.</summary>
public sealed class FileUpload
{
    /// <summary>A file of bytes.</summary>
    /// <param name="fileName">Name in Slack.</param>
    /// <param name="fileContent">Content; not empty.</param>
    public FileUpload(string fileName, byte[] fileContent)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(fileContent);
        FileName = fileName;
        Content = fileContent;
    }

    /// <summary>A file of text, as UTF-8.</summary>
    /// <param name="fileName">Name in Slack.</param>
    /// <param name="fileContent">Content; not empty.</param>
    public FileUpload(string fileName, string fileContent) : this(fileName, Encoding.UTF8.GetBytes(fileContent)) { }

    /// <summary>Name in Slack.</summary>
    public string FileName { get; }

    /// <summary>Title; default: the name.</summary>
    public string? Title { get; set; }

    /// <summary>What a picture shows. At most 1000 characters.</summary>
    public string? AltText { get; set; }

    /// <summary>Language of a snippet, for example <c>python</c>; at most 1 MB then.</summary>
    public string? SnippetType { get; set; }

    internal ReadOnlyMemory<byte> Content { get; }
}
