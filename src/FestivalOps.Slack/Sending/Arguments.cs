using System.Globalization;
using System.Text.Json.Nodes;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

/// <summary>Arguments of a Web API method as form fields: the one form that every method takes. Structured values are JSON text.</summary>
internal sealed class Arguments
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public Arguments Add(string name, string? value)
    {
        if (value is not null)
            _fields.Add(new(name, value));
        return this;
    }

    public Arguments Add(string name, bool? value) => Add(name, value switch { true => "true", false => "false", null => null });

    public Arguments Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Arguments Add(string name, IEnumerable<string>? values) => Add(name, values is null ? null : string.Join(',', values));

    public Arguments AddJson<T>(string name, T? value) => value is null ? this : Add(name, SlackJson.Write(value));

    public FormUrlEncodedContent ToContent() => new(_fields);

    public static Arguments From(Dictionary<string, object?> args)
    {
        var arguments = new Arguments();
        foreach (var (name, value) in args)
        {
            _ = value switch
            {
                null => arguments,
                string text => arguments.Add(name, text),
                bool flag => arguments.Add(name, flag),
                int or long or short or byte => arguments.Add(name, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                double number => arguments.Add(name, number.ToString("R", CultureInfo.InvariantCulture)),
                JsonNode node => arguments.Add(name, node.ToJsonString()),
                JsonElement element => arguments.Add(name, element.GetRawText()),
                IEnumerable<string> texts => arguments.Add(name, texts),
                IEnumerable<Block> blocks => arguments.AddJson<IList<Block>>(name, [.. blocks]),
                IEnumerable<Attachment> attachments => arguments.AddJson<IList<Attachment>>(name, [.. attachments]),
                ViewDefinition view => arguments.AddJson(name, view),
                MessageMetadata metadata => arguments.AddJson(name, metadata),
                Message message => arguments.AddJson(name, message),
                _ => throw new ArgumentException(
                    $"The argument '{name}' is a {value.GetType().Name}; give a text, number, truth value, list of texts, JsonNode, blocks, view or metadata.", nameof(args)),
            };
        }
        return arguments;
    }
}
