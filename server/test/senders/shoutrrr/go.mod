module herald/senders

go 1.25.3

require (
	github.com/containrrr/shoutrrr v0.8.0
	github.com/nicholas-fedor/shoutrrr v0.12.0
)

require (
	github.com/fatih/color v1.15.0 // indirect
	github.com/mattn/go-colorable v0.1.14 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	golang.org/x/sys v0.37.0 // indirect
	golang.org/x/term v0.36.0 // indirect
)
