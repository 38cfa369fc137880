using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>The rules of interactive elements.</summary>
internal static partial class ElementRules
{
    private static readonly string[] Selects =
    [
        "static_select", "external_select", "users_select", "conversations_select", "channels_select", "multi_static_select",
        "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
    ];

    private static readonly string[] Pickers = ["datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"];
    private static readonly string[] Inputs = ["plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"];

    public static readonly string[] InSection = [.. Selects, .. Pickers, "button", "overflow", "image", "workflow_button"];
    public static readonly string[] InActions = [.. Selects, .. Pickers, "button", "overflow", "rich_text_input", "workflow_button"];
    public static readonly string[] InInput = [.. Selects, .. Pickers, .. Inputs];

    public static void CheckAll(IReadOnlyList<Node> elements, string[] allowed, Surface surface)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in elements)
        {
            if (element.Value.ValueKind != JsonValueKind.Object)
            {
                element.Wrong("must be an object");
                continue;
            }
            if (element.Type.Length == 0)
                element.Wrong("missing required field: type");
            else if (!allowed.Contains(element.Type, StringComparer.Ordinal))
                element.Findings.Add(element.Pointer + "/type", "unsupported type: " + element.Type);
            else
                Check(element, surface);
            var id = element.Text("action_id", required: false, 255);
            if (id is not null && !ids.Add(id))
                element.Wrong("duplicate action_id: " + id);
        }
    }

    public static void Image(Node element)
    {
        element.Only("image_url", "slack_file", "alt_text");
        element.Text("alt_text", required: true, 2000, min: 0);
        if (element.Has("image_url") == element.Has("slack_file"))
            element.Wrong("must have exactly one of: image_url, slack_file");
        element.Text("image_url", required: false, 3000);
    }

    private static void Check(Node element, Surface surface)
    {
        if (element.Object("confirm", required: false) is { } confirm)
            Confirm(confirm);
        if (Selects.Contains(element.Type, StringComparer.Ordinal) || Pickers.Contains(element.Type, StringComparer.Ordinal) || element.Type.EndsWith("_input", StringComparison.Ordinal))
            element.TextObject("placeholder", required: false, 150, plainOnly: true);
        switch (element.Type)
        {
            case "button": Button(element); break;
            case "image": Image(element); break;
            case "overflow": Options(element, 5, groups: false); break;
            case "checkboxes" or "radio_buttons": Options(element, 10, groups: false); break;
            case "static_select" or "multi_static_select": Options(element, 100, groups: true); break;
            case "external_select" or "multi_external_select": element.Number("min_query_length", 0, 100); break;
            case "datepicker": Matches(element, "initial_date", Day(), "must be a date such as 2026-11-23"); break;
            case "timepicker": Matches(element, "initial_time", Minute(), "must be a time such as 09:30"); break;
            case "datetimepicker":
                if (element.Has("initial_date_time") && !(element.Value.GetProperty("initial_date_time") is { ValueKind: JsonValueKind.Number } n
                    && n.TryGetInt64(out var epoch) && epoch is >= 1_000_000_000 and <= 9_999_999_999))
                    element.Wrong("initial_date_time must be a number of 10 digits");
                break;
            case "plain_text_input":
                element.Number("min_length", 0, 3000);
                element.Number("max_length", 1, 3000);
                element.Text("initial_value", required: false, 3000, min: 0);
                break;
            case "number_input":
                if (!element.Has("is_decimal_allowed"))
                    element.Wrong("missing required field: is_decimal_allowed");
                foreach (var name in (string[])["min_value", "max_value", "initial_value"])
                    element.Text(name, required: false, 255);
                break;
            case "file_input":
                element.Number("max_files", 1, 10);
                if (surface != Surface.Modal)
                    element.Wrong("unsupported type: file_input");
                break;
        }
        if (element.Type.StartsWith("multi_", StringComparison.Ordinal))
            element.Number("max_selected_items", 1, 100);
    }

    private static void Button(Node button)
    {
        button.Only("text", "action_id", "url", "value", "style", "confirm", "accessibility_label");
        button.TextObject("text", required: true, 75, plainOnly: true);
        button.Text("value", required: false, 2000, min: 0);
        button.Text("accessibility_label", required: false, 75);
        if (button.Has("style"))
            button.OneOf("style", required: false, "primary", "danger");
        var url = button.Text("url", required: false, 3000);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "slack"))
            button.Findings.Add(button.Pointer + "/url", "must be a valid url");
    }

    private static void Confirm(Node confirm)
    {
        confirm.Only("title", "text", "confirm", "deny", "style");
        confirm.TextObject("title", required: true, 100, plainOnly: true);
        confirm.TextObject("text", required: true, 300, plainOnly: false);
        confirm.TextObject("confirm", required: true, 30, plainOnly: true);
        confirm.TextObject("deny", required: true, 30, plainOnly: true);
        if (confirm.Has("style"))
            confirm.OneOf("style", required: false, "primary", "danger");
    }

    private static void Options(Node element, int most, bool groups)
    {
        if (groups && element.Has("option_groups"))
        {
            if (element.Has("options"))
                element.Wrong("must have exactly one of: options, option_groups");
            foreach (var group in element.Items("option_groups", required: true, 100))
            {
                group.Only("label", "options");
                group.TextObject("label", required: true, 75, plainOnly: true);
                CheckOptions(group.Items("options", required: true, 100), element.Type);
            }
            return;
        }
        CheckOptions(element.Items("options", required: true, most), element.Type);
    }

    /// <summary>Options of a menu, also those that the bot's options URL answers.</summary>
    public static void CheckOptions(IReadOnlyList<Node> options, string elementType)
    {
        var mayFormat = elementType is "checkboxes" or "radio_buttons";
        foreach (var option in options)
        {
            if (option.Value.ValueKind != JsonValueKind.Object)
            {
                option.Wrong("must be an object");
                continue;
            }
            option.Only("text", "value", "description", "url");
            option.TextObject("text", required: true, 75, plainOnly: !mayFormat);
            option.TextObject("description", required: false, 75, plainOnly: !mayFormat);
            option.Text("value", required: true, 150);
            option.Text("url", required: false, 3000);
            if (option.Has("url") && elementType != "overflow")
                option.Wrong("invalid additional property: url");
        }
    }

    private static void Matches(Node element, string name, Regex pattern, string what)
    {
        var text = element.Text(name, required: false, 20);
        if (text is not null && !pattern.IsMatch(text))
            element.Findings.Add(string.Create(CultureInfo.InvariantCulture, $"{element.Pointer}/{name}"), what);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}$", RegexOptions.None, 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Minute();
}
