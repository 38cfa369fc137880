using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// What journalctl gives with <c>--output=export</c> or <c>--output=json</c>: messages of sshd and of the application. Who wrote an entry is taken
/// from the fields that journald itself fills in (<c>_COMM</c>, <c>_UID</c>): the others, <c>SYSLOG_IDENTIFIER</c> too, may be written by anyone.
/// </summary>
internal sealed class JournalReader(RailsReader rails) : LogReader
{
    private readonly SshdMessages _sshd = new();
    private readonly JournalEntry _entry = new();
    private readonly byte[] _text = new byte[LongestLine];
    private byte[] _binary = [];
    private int _had;
    private ulong _skip;
    private bool _isBroken;

    /// <inheritdoc/>
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        if (_binary.Length > 0 || _skip > 0) return Continue(line);
        if (line.StartsWith("{"u8)) return ReadJson(line, ref sighting);
        if (line.IsEmpty) return End(ref sighting);
        var equals = line.IndexOf((byte)'=');
        if (equals > 0) _entry.Set(line[..equals], line[(equals + 1)..]);
        // A field whose content is no plain line: its length in eight bytes and the content follow.
        else if (_entry.Begin(line)) (_binary, _had) = (new byte[8], 0);
        else _isBroken = true;
        return LineOutcome.Harmless;
    }

    // The cutting into lines took line feeds out of the binary content; here they are put back.
    private LineOutcome Continue(ReadOnlySpan<byte> line)
    {
        foreach (var isFeed in (ReadOnlySpan<bool>)[false, true])
        {
            var bytes = isFeed ? "\n"u8 : line;
            while (!bytes.IsEmpty)
            {
                if (_skip > 0)
                {
                    var skipped = (int)Math.Min((ulong)bytes.Length, _skip);
                    _skip -= (ulong)skipped;
                    bytes = bytes[skipped..];
                    continue;
                }
                if (_binary.Length == 0)
                {
                    // More than was announced: from here on nothing is certain.
                    _isBroken = true;
                    return LineOutcome.Unread;
                }
                var taken = Math.Min(bytes.Length, _binary.Length - _had);
                bytes[..taken].CopyTo(_binary.AsSpan(_had));
                _had += taken;
                bytes = bytes[taken..];
                if (_had == _binary.Length && !Filled()) return LineOutcome.Unread;
            }
        }
        return LineOutcome.Harmless;
    }

    private bool Filled()
    {
        if (!_entry.HasLength)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(_binary);
            _entry.HasLength = true;
            (_binary, _had) = length > LongestLine ? ([], 0) : (new byte[length + 1], 0);
            if (length <= LongestLine) return true;
            // Passed over byte by byte: what is in it must never be taken for fields.
            (_isBroken, _skip) = (true, length == ulong.MaxValue ? length : length + 1);
            return true;
        }
        _entry.End(_binary.AsSpan(..^1));
        (_binary, _had) = ([], 0);
        return true;
    }

    private LineOutcome End(ref Sighting sighting)
    {
        var outcome = _isBroken ? LineOutcome.Unread : Judge(ref sighting);
        _isBroken = false;
        _entry.Clear();
        return outcome;
    }

    private LineOutcome ReadJson(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        _entry.Clear();
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 8 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return LineOutcome.Unread;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.ValueSpan;
                json.Read();
                if (json.TokenType == JsonTokenType.String) _entry.Set(name, _text.AsSpan(0, json.CopyString(_text)));
                // A message that is no UTF-8 comes as a list of bytes, other fields as lists of texts when there are several.
                else if (json.TokenType == JsonTokenType.StartArray && name.SequenceEqual("MESSAGE"u8)) _entry.Set(name, Bytes(ref json));
                else if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) json.Skip();
            }
            return Judge(ref sighting);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            return LineOutcome.Unread;
        }
        finally
        {
            _entry.Clear();
        }
    }

    private ReadOnlySpan<byte> Bytes(ref Utf8JsonReader json)
    {
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) json.Skip();
            else if (count < _text.Length && json.TokenType == JsonTokenType.Number && json.TryGetByte(out var one)) _text[count++] = one;
        }
        return _text.AsSpan(0, count);
    }

    private LineOutcome Judge(ref Sighting sighting)
    {
        if (_entry.Message.IsEmpty) return LineOutcome.Harmless;
        if (SshdMessages.IsSshd(_entry.Command))
        {
            if (!_entry.IsRoot || !SshdMessages.MayCount(_entry.Message)) return LineOutcome.Harmless;
            sighting.At = _entry.At;
            return _entry.At == 0 ? LineOutcome.Unread : _sshd.Read(_entry.Message, _entry.Process, ref sighting);
        }
        // puma, ruby, bundle: what the application writes to its output.
        return _entry.IsApplication ? rails.Read(_entry.Message, ref sighting) : LineOutcome.Harmless;
    }
}

/// <summary>The fields of a journal's entry that matter here.</summary>
internal sealed class JournalEntry
{
    private static readonly System.Buffers.SearchValues<byte> NameBytes = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"u8);

    private readonly byte[] _message = new byte[LogReader.LongestLine];
    private readonly byte[] _command = new byte[64];
    private int _messageLength;
    private int _commandLength;
    private int _user = -1;
    private byte[] _pending = [];

    /// <summary>When, in microseconds since 1970; 0: unknown.</summary>
    public long At { get; private set; }

    /// <summary>The writing process.</summary>
    public int Process { get; private set; }

    /// <summary>True when a process of root wrote it.</summary>
    public bool IsRoot => _user == 0;

    /// <summary>What it says.</summary>
    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _messageLength);

    /// <summary>The program that wrote it.</summary>
    public ReadOnlySpan<byte> Command => _command.AsSpan(0, _commandLength);

    /// <summary>True when a program of the application wrote it.</summary>
    public bool IsApplication => Command.StartsWith("puma"u8) || Command.StartsWith("ruby"u8) || Command.StartsWith("bundle"u8) || Command.StartsWith("rails"u8);

    /// <summary>Whether the length of a binary field was read.</summary>
    public bool HasLength { get; set; }

    /// <summary>A binary field begins; false when this can't be a field's name.</summary>
    public bool Begin(ReadOnlySpan<byte> name)
    {
        if (name.Length > 64 || name.ContainsAnyExcept(NameBytes)) return false;
        (_pending, HasLength) = (name.ToArray(), false);
        return true;
    }

    /// <summary>A binary field ends.</summary>
    public void End(ReadOnlySpan<byte> value) => Set(_pending, value);

    /// <summary>Takes a field.</summary>
    public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("MESSAGE"u8)) _messageLength = Keep(value, _message);
        else if (name.SequenceEqual("_COMM"u8)) _commandLength = Keep(value, _command);
        else if (name.SequenceEqual("_PID"u8)) Process = Utf8Parser.TryParse(value, out int process, out _) ? process : 0;
        else if (name.SequenceEqual("_UID"u8)) _user = Utf8Parser.TryParse(value, out int user, out _) ? user : -1;
        else if (name.SequenceEqual("__REALTIME_TIMESTAMP"u8)) At = Utf8Parser.TryParse(value, out long at, out _) && at is > 0 and < 4_102_444_800_000_000 ? at : 0;
    }

    /// <summary>Empties it for the next entry.</summary>
    public void Clear() => (_messageLength, _commandLength, _user, At, Process) = (0, 0, -1, 0, 0);

    // What is too long is no message of sshd: it is left out whole, never cut.
    private static int Keep(ReadOnlySpan<byte> value, byte[] into)
    {
        if (value.Length > into.Length) return 0;
        value.CopyTo(into);
        return value.Length;
    }
}
